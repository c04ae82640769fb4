import { lineThrough } from './line.js';

describe('lineThrough', () => {
  it('goes through points on a line', () => {
    expect(lineThrough([[0, 1], [1, 3], [2, 5]])).toEqual({ slope: 2, intercept: 1, r2: 1 });
  });

  it('explains nothing where y goes up and down', () => {
    expect(lineThrough([[0, 1], [1, 0], [2, 1]])).toEqual({ slope: 0, intercept: 2 / 3, r2: 0 });
  });

  it('leaves out what is not finite', () => {
    expect(lineThrough([[0, 1], [-Infinity, 7], [1, 3]])?.slope).toBe(2);
  });

  it('does not exist where x or y does not vary', () => {
    expect([lineThrough([[1, 1], [1, 2]]), lineThrough([[1, 1], [2, 1]]), lineThrough([])]).toEqual([null, null, null]);
  });
});

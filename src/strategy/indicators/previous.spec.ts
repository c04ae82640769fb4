import { previous } from './previous.js';

describe('previous', () => {
  it.each([
    { values: [1, 2, 3], before: [NaN, 1, 2] },
    { values: [1], before: [NaN] },
    { values: [], before: [] },
  ])('of $values is $before', ({ values, before }) => {
    expect([...previous(Float64Array.from(values))]).toEqual(before);
  });
});

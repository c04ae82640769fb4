import { fadingRestarts, inBlocks, restartMemory } from './restarts.js';

function blocksOf(first: number, length: number, firstBar: number): number[][] {
  const blocks: number[][] = [];
  inBlocks(first, length, firstBar, { lookback: 7, block: 4 }, (...block) => blocks.push(block));
  return blocks;
}

describe('inBlocks', () => {
  it.each([
    { first: 0, length: 10, firstBar: 0, blocks: [[0, 0, 4], [0, 4, 8], [1, 8, 10]], why: 'borders at multiples of the block' },
    { first: 0, length: 10, firstBar: 3, blocks: [[0, 0, 1], [0, 1, 5], [0, 5, 9], [2, 9, 10]], why: 'counted from the absolute bar number' },
    { first: 2, length: 6, firstBar: 0, blocks: [[2, 2, 4], [2, 4, 6]], why: 'nothing before the first defined row' },
    { first: 5, length: 5, firstBar: 0, blocks: [], why: 'no rows' },
  ])('$why', ({ first, length, firstBar, blocks }) => {
    expect(blocksOf(first, length, firstBar)).toEqual(blocks);
  });
});

describe('fadingRestarts', () => {
  it('leave less than 1e-13 of a seed and remember 46 time constants', () => {
    expect(fadingRestarts(14)).toEqual({ lookback: 448, block: 196 });
    expect(restartMemory(fadingRestarts(14))).toBe(46 * 14);
    expect(Math.exp(-32)).toBeLessThan(1e-13);
  });
});

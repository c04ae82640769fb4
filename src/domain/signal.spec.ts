import fc from 'fast-check';

import { signalColumns } from '../../test/support/arbitraries.js';
import { listSignals, signalColumn, SignalListBuilder, sliceSignals } from './signal.js';

describe('signal lists', () => {
  it('name the rows that say something', () => {
    const { rows, values } = listSignals(Int8Array.of(0, 1, 0, -1, -1));
    expect([[...rows], [...values]]).toEqual([[1, 3, 4], [1, -1, -1]]); // prettier-ignore
  });

  it('stand for their column', () => {
    fc.assert(
      fc.property(signalColumns(), (column) => {
        expect([...signalColumn(listSignals(column), column.length)]).toEqual([...column]);
      }),
    );
  });

  it('are those of the column wherever in memory it begins', () => {
    fc.assert(
      fc.property(signalColumns(), fc.nat(9), (column, from) => {
        expect(listSignals(column.subarray(from))).toEqual(listSignals(column.slice(from)));
        expect([...signalColumn(listSignals(column.subarray(from)), Math.max(0, column.length - from))]).toEqual([...column.subarray(from)]);
      }),
    );
  });

  it('are sliced as their column is', () => {
    fc.assert(
      fc.property(signalColumns(), fc.nat(70), fc.nat(70), (column, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        expect(sliceSignals(listSignals(column), from, to)).toEqual(listSignals(column.slice(from, to)));
      }),
    );
  });

  it('leave the list that they are sliced from as it was', () => {
    const list = listSignals(Int8Array.of(1, -1, 1, -1));
    sliceSignals(list, 1, 3).rows[0] = 99;
    expect([...list.rows]).toEqual([0, 1, 2, 3]);
  });

  it('grow as far as they have to', () => {
    const builder = new SignalListBuilder();
    for (let row = 0; row < 5000; row++) builder.add(2 * row, row % 3 === 0 ? 1 : -1);
    const { rows, values } = builder.build();
    expect([rows.length, values.length]).toEqual([5000, 5000]);
    expect(rows.every((row, k) => row === 2 * k && values[k] === (k % 3 === 0 ? 1 : -1))).toBe(true);
  });
});

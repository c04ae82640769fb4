import { ENTRY_BAR, EXIT_BAR, PROCEEDS, SPENT, TradeColumns } from './trade-columns.js';

/** A list of `count` trades of which the last may be open; trade k enters at row 10 k and earns k. */
function trades(count: number, lastIsOpen: boolean): TradeColumns {
  const columns = new TradeColumns();
  for (let k = 0; k < count; k++) {
    const at = columns.enter();
    columns.rows[at + ENTRY_BAR] = 10 * k;
    columns.rows[at + SPENT] = 100;
    if (lastIsOpen && k === count - 1) break;
    const exit = columns.exit();
    columns.rows[exit + EXIT_BAR] = 10 * k + 5;
    columns.rows[exit + PROCEEDS] = 100 + k;
  }
  return columns;
}

describe('TradeColumns', () => {
  it('keeps every trade while it grows', () => {
    const many = trades(1000, false).toArray();
    expect(many).toHaveLength(1000);
    expect(many.every(({ entryBar, exitBar }, k) => entryBar === 10 * k && exitBar === 10 * k + 5)).toBe(true);
  });

  it('has no exit for the open trade, not even that of a trade before', () => {
    const { isOpen, count, closed } = trades(3, true);
    expect([isOpen, count, closed]).toEqual([true, 3, 2]);
    expect(trades(3, true).at(2)).toMatchObject({ entryBar: 20, exitBar: null, exitPrice: null, proceeds: null });
  });

  it('counts the profits of closed trades only', () => {
    expect([...trades(4, true).profits()]).toEqual([0, 1, 2]);
    expect([...trades(4, false).profits()]).toEqual([0, 1, 2, 3]);
    expect([...new TradeColumns().profits()]).toEqual([]);
  });
});

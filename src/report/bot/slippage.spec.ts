import type { BotOrder } from './bot-period.js';
import { measuredSlippage } from './slippage.js';

function order(change: Partial<BotOrder>): BotOrder {
  return { id: 'a', side: 'buy', plannedAt: 0, executedQuantity: '1', executedQuote: '101', decisionPrice: '100', arrivalPrice: 100.5, stopPrice: null, ...change };
}

describe('measuredSlippage', () => {
  it('splits what a purchase paid above the close into the way to the book and the way to the fill', () => {
    const { orders, total, delay, execution, cost } = measuredSlippage([order({})]);
    // 100 → 100.5 → 101, all over 100.
    expect([orders[0].total, orders[0].delay, orders[0].execution].map((bps) => bps?.toFixed(6))).toEqual(['100.000000', '50.000000', '50.000000']);
    expect([total, delay, execution].map((bps) => bps?.toFixed(6))).toEqual(['100.000000', '50.000000', '50.000000']);
    expect(cost).toBeCloseTo(1, 12);
  });

  it('counts a sale below the close as a loss, and one above it as a gain', () => {
    expect(measuredSlippage([order({ side: 'sell', executedQuote: '99' })]).total).toBeCloseTo(100, 9);
    expect(measuredSlippage([order({ side: 'sell', executedQuote: '101' })]).total).toBeCloseTo(-100, 9);
    expect(measuredSlippage([order({ side: 'sell', executedQuote: '101' })]).cost).toBeCloseTo(-1, 12);
  });

  it('weighs by what was traded', () => {
    // 101 USDT at 100 bps and 300 USDT at 0 bps: 101 · 100 / 401.
    const { total, worst } = measuredSlippage([order({}), order({ executedQuantity: '3', executedQuote: '300' })]);
    expect(total).toBeCloseTo((101 * 100) / 401, 9);
    expect(worst?.value).toBe(101);
  });

  it('says nothing of a book that nobody wrote down, nor of orders that traded nothing', () => {
    const { delay, execution, withBook, total } = measuredSlippage([order({ arrivalPrice: null }), order({ executedQuantity: '0', executedQuote: '0' })]);
    expect([delay, execution, withBook]).toEqual([null, null, 0]);
    expect(total).toBeCloseTo(100, 9);
    expect(measuredSlippage([])).toEqual({ orders: [], total: null, delay: null, execution: null, withBook: 0, cost: 0, worst: null });
  });
});

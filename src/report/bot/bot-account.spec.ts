import { candles } from '../../../test/support/candle-builder.js';
import { botAccount } from './bot-account.js';
import type { BotFill, BotPeriod } from './bot-period.js';

const SERIES = candles().closes(100, 100, 110, 120, 130, 125).build();
const START = SERIES.openTime[0];
const HOUR = SERIES.timeframeMs;

function fill(id: number, bar: number, change: Partial<BotFill>): BotFill {
  return { id, orderId: `o${id}`, side: 'buy', price: '100', quantity: '1', commission: '0', commissionAsset: 'USDT', executedAt: START + bar * HOUR + 1000, orderReason: 'signal', baseAsset: 'BTC', quoteAsset: 'USDT', lotStep: '0.001', ...change };
}

function period(change: Partial<BotPeriod>): BotPeriod {
  return { key: { botId: 'bot-1', mode: 'live', symbol: 'BTC/USDT' }, fromMs: START, toMs: START + SERIES.length * HOUR, fills: [], adjustments: [], orders: [], decisions: [], elsewhere: 0, ...change };
}

describe('botAccount', () => {
  it('moves with the coins from the bar of the purchase to the bar of the sale, commissions deducted', () => {
    const { curve, trades, exposure } = botAccount(period({ fills: [fill(1, 1, { commission: '0.1' }), fill(2, 4, { side: 'sell', price: '120', commission: '0.12' })] }), SERIES, 1000);
    // Bought at 100 with 0.1 of fee: 999.9 at close 100, 1009.9 at 110, 1019.9 at 120. Sold at 120 with 0.12: 1019.78.
    expect([...curve].map((value) => Number(value.toFixed(8)))).toEqual([1000, 1000, 999.9, 1009.9, 1019.9, 1019.78, 1019.78]);
    expect(exposure).toBe(3 / 6);
    expect(trades).toMatchObject([{ entry_price: 100, exit_price: 120, bars_held: 3, reason: 'signal', stop: null }]);
    expect(trades[0].pnl).toBeCloseTo(19.78, 9); // 120 - 0.12 - 100.1
    expect(trades[0].return).toBeCloseTo(19.78 / 100.1, 9);
    expect(trades[0].fees).toBeCloseTo(0.22, 9);
  });

  it('counts commissions in a third asset apart, and in no figure', () => {
    const { curve, trades, otherFees } = botAccount(period({ fills: [fill(1, 1, { commission: '0.0001', commissionAsset: 'BNB' }), fill(2, 4, { side: 'sell', price: '120', commission: '0.0002', commissionAsset: 'BNB' })] }), SERIES, 1000);
    expect(otherFees).toEqual({ BNB: '0.0003' });
    expect(curve.at(-1)).toBe(1020);
    expect(trades[0]).toMatchObject({ fees: 0, pnl: 20 });
  });

  it('values a commission in coins at the price it was taken at', () => {
    const { trades, curve } = botAccount(period({ fills: [fill(1, 1, { commission: '0.001', commissionAsset: 'BTC' })] }), SERIES, 1000);
    expect(trades[0].fees).toBeCloseTo(0.1, 12);
    expect(curve[3]).toBeCloseTo(900 + 0.999 * 110, 9);
    expect(trades[0]).toMatchObject({ exit_time: null, pnl: null, return: null, reason: null });
  });

  it('ends a trade whose coins left by hand without a price, and says how many left', () => {
    const { trades, takenOut, curve } = botAccount(period({ fills: [fill(1, 1, {})], adjustments: [{ afterFillId: 1, quantity: '-1', at: START + 3 * HOUR, reason: 'by_hand' }] }), SERIES, 1000);
    expect(takenOut).toBe('1');
    expect(trades).toMatchObject([{ exit_time: START + 3 * HOUR, exit_price: null, pnl: 0, reason: 'by_hand' }]);
    // They leave at cost: 100 went out for them, and 100 leaves with them.
    expect(curve.at(-1)).toBe(1000);
  });

  it('shows the coins until they left by hand, not from the purchase on', () => {
    const { curve } = botAccount(period({ fills: [fill(1, 1, {})], adjustments: [{ afterFillId: 1, quantity: '-1', at: START + 3 * HOUR + 1000, reason: 'by_hand' }] }), SERIES, 1000);
    expect(curve[3]).toBe(1010); // close 110 of bar 2: still held
  });

  it('knows the newest stop of a trade', () => {
    const stop = (id: string, bar: number, stopPrice: string) => ({ id, side: 'sell' as const, plannedAt: START + bar * HOUR + 2000, executedQuantity: '0', executedQuote: '0', decisionPrice: '100', arrivalPrice: null, stopPrice });
    const { trades } = botAccount(period({ fills: [fill(1, 1, {}), fill(2, 4, { side: 'sell', price: '120' })], orders: [stop('a', 1, '90'), stop('b', 3, '105'), stop('c', 5, '110')] }), SERIES, 1000);
    expect(trades[0].stop).toBe(105);
  });
});

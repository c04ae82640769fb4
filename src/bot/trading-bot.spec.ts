import { candles } from '../../test/support/candle-builder.js';
import { brief, PaperBench } from '../../test/support/bot/paper-bench.js';
import { scripted } from '../../test/support/bot/scripted-strategy.js';
import type { Executor, OrderRequest } from '../execution/executor.js';

const START = Date.UTC(2024, 0, 1);
const market = candles({ startMs: START }).flat(100, 5).ramp(100, 140, 20).ramp(140, 110, 15).build();
/** Enough free risk for a test that is about something else. */
const settings = { risk: { max_position_size_usd: 100, max_price_deviation_bps: 0, max_orders_per_hour: 0 } };

const bench = async (says: Readonly<Record<number, number>>, options = {}): Promise<PaperBench> => PaperBench.open(market, scripted(START, says), { settings, ...options });

describe('a tick', () => {
  it('buys when flat, holds, and sells when long; what is repeated is ignored and said to be', async () => {
    const bot = await bench({ 5: 1, 7: 1, 9: -1, 10: -1 });
    expect((await bot.ticks(4, 11)).map(brief)).toEqual([
      'held HOLD.NEUTRAL',
      'traded SIGNAL.BUY',
      'held HOLD.NEUTRAL',
      'held HOLD.ALREADY_LONG',
      'held HOLD.NEUTRAL',
      'traded SIGNAL.SELL',
      'held HOLD.ALREADY_FLAT',
      'held HOLD.NEUTRAL',
    ]);
    const [trip] = await bot.parts.trades.list({}, { limit: 5, offset: 0 });
    expect(trip).toMatchObject({ closedAt: START + 10 * 3_600_000 + 5000 });
  });

  it('records every bar, its candle, its indicators and why, also when nothing is done', async () => {
    const bot = await bench({ 5: 1 });
    await bot.ticks(4, 6);
    const rows = await bot.parts.signals.list({}, { limit: 10, offset: 0 });
    expect(rows.map(({ candleOpenTime, value, decision, reason }) => [(candleOpenTime - START) / 3_600_000, value, decision, reason])).toEqual([
      [6, 0, 'hold', 'HOLD.NEUTRAL'],
      [5, 1, 'buy', 'SIGNAL.BUY'],
      [4, 0, 'hold', 'HOLD.NEUTRAL'],
    ]);
    expect(rows[1]).toMatchObject({ indicators: { close: 102, idle: null }, candle: { open: '100', close: '102' }, decidedAt: START + 6 * 3_600_000 + 5000 });
  });

  it('spends risk.max_position_size_usd at the price it fills at', async () => {
    const bot = await bench({ 5: 1 });
    const { order } = await bot.tick(5);
    // Bar 6 opens at 102, and slippage is 2 bps: 102.0204; 100 / 102.0204 = 0.98019… in steps of 0.00001.
    expect(order).toMatchObject({ side: 'buy', state: 'FILLED', quantity: '0.98019', executedQuantity: '0.98019', averagePrice: '102.0204' });
  });

  it('called twice for one bar sends one order', async () => {
    const bot = await bench({ 5: 1 });
    await bot.at(5);
    const reports = [await bot.parts.bot.runOnce(bot.clock.now()), await bot.parts.bot.runOnce(bot.clock.now()), await bot.tick(5, 900_000)];
    expect(reports.map(brief)).toEqual(['traded SIGNAL.BUY', 'held HOLD.REPEATED', 'held HOLD.REPEATED']);
    expect(await bot.parts.orders.list({}, { limit: 5, offset: 0 })).toHaveLength(1);
  });

  it('lets a way out that was refused be tried again, three times in all, and then halts', async () => {
    const bot = await bench({ 5: 1, 7: -1 }, { wrap: refusing((order) => order.side === 'sell') });
    await bot.ticks(5, 6);
    const reports = [await bot.tick(7), await bot.tick(7, 60_000), await bot.tick(7, 120_000), await bot.tick(7, 180_000), await bot.tick(8)];
    expect(reports.map(brief)).toEqual(['refused ORDER.REFUSED', 'refused ORDER.REFUSED', 'refused ORDER.REFUSED', 'halted EXIT.FAILED', 'halted EXIT.FAILED']);
    const orders = await bot.parts.orders.list({ side: 'sell' }, { limit: 9, offset: 0 });
    expect(orders.map(({ attempt, state }) => [attempt, state])).toEqual([
      [3, 'REFUSED'],
      [2, 'REFUSED'],
      [1, 'REFUSED'],
    ]);
    expect(new Set(orders.map(({ clientOrderId }) => clientOrderId)).size).toBe(3);
  });

  it('takes a way out that was refused once at the next look, also on the next bar', async () => {
    let refused = 0;
    const bot = await bench({ 5: 1, 7: -1 }, { wrap: refusing((order) => order.side === 'sell' && refused++ === 0) });
    await bot.ticks(5, 6);
    expect([brief(await bot.tick(7)), brief(await bot.tick(8))]).toEqual(['refused ORDER.REFUSED', 'traded EXIT.OWED']);
    const [row] = await bot.parts.signals.list({ decision: 'sell' }, { limit: 1, offset: 0 });
    expect([row.reason, (row.candleOpenTime - START) / 3_600_000, row.value]).toEqual(['EXIT.OWED', 8, 0]);
  });

  it('calls off a way out that waits when the strategy says buy again', async () => {
    const bot = await bench({ 5: 1, 7: -1, 8: 1 }, { wrap: refusing((order) => order.side === 'sell') });
    await bot.ticks(5, 6);
    expect((await bot.ticks(7, 9)).map(brief)).toEqual(['refused ORDER.REFUSED', 'held HOLD.ALREADY_LONG', 'held HOLD.NEUTRAL']);
  });

  it('drops an entry that was refused: the next signal is another', async () => {
    const bot = await bench({ 5: 1, 7: 1 }, { wrap: refusing((_, n) => n === 0) });
    const reports = [await bot.tick(5), await bot.tick(5, 60_000), await bot.tick(6), await bot.tick(7)];
    expect(reports.map(brief)).toEqual(['refused ORDER.REFUSED', 'held HOLD.REPEATED', 'held HOLD.NEUTRAL', 'traded SIGNAL.BUY']);
  });

  it('buys what was decided and never begun, when the process ended in between', async () => {
    let died = false;
    const trace = (point: string): void => {
      if (point !== 'before intent' || died) return;
      died = true;
      throw new Error('killed');
    };
    const bot = await bench({ 5: 1 }, { trace });
    await expect(bot.tick(5)).rejects.toThrow('killed');
    bot.restart(scripted(START, { 5: 1 }));
    expect(brief(await bot.tick(5, 60_000))).toBe('traded SIGNAL.BUY');
  });

  it('decides nothing anew about a bar that a process before it decided on', async () => {
    const bot = await bench({ 5: 1 });
    expect(brief(await bot.tick(4))).toBe('held HOLD.NEUTRAL');
    // Whoever forgot it would act on what the strategy says now.
    bot.restart(scripted(START, { 4: 1 }));
    expect(brief(await bot.tick(4, 60_000))).toBe('held HOLD.REPEATED');
    expect(await bot.parts.orders.list({}, { limit: 5, offset: 0 })).toEqual([]);
  });

  it('buys nothing where the market does not trade so little', async () => {
    const bot = await bench({ 5: 1 }, { lot: { quantityStep: '0.00001', minNotional: '500' } });
    expect(brief(await bot.tick(5))).toBe('held SIZE.BELOW_MINIMUM');
  });

  it('keeps what the gate looked at, also when it said no', async () => {
    const bot = await bench({ 5: 1 }, { settings: { risk: { ...settings.risk, max_order_value_usd: 10 } } });
    const report = await bot.tick(5);
    expect(brief(report)).toBe('refused RISK.MAX_ORDER_VALUE');
    const [event] = await bot.parts.events.events({ botId: 'bot-1', mode: 'paper' }, { limit: 1, offset: 0 });
    expect(event.details).toMatchObject({ reason: 'RISK.MAX_ORDER_VALUE', proposal: { side: 'buy', quantity: '0.98019' }, size: { budget: 100, price: '102.0204' }, gates: report.gates });
    expect(await bot.parts.signals.list({}, { limit: 1, offset: 0 })).toMatchObject([{ value: 1, decision: 'hold', reason: 'RISK.MAX_ORDER_VALUE' }]);
  });
});

/** An exchange that refuses the orders it is told to. */
function refusing(which: (order: OrderRequest, n: number) => boolean): (inner: Executor) => Executor {
  let n = 0;
  return (inner) => {
    const execute = inner.execute.bind(inner);
    inner.execute = async (order, nowMs) => (which(order, n++) ? { kind: 'refused', code: '-2010', message: 'no', consequence: 'none', retryAfterMs: 0 } : execute(order, nowMs));
    return inner;
  };
}

import type { TickReport } from '../../../src/bot/tick-report.js';
import { brief, PaperBench } from '../../support/bot/paper-bench.js';
import { candles } from '../../support/candle-builder.js';
import { LiveBench } from '../../support/bot/live-bench.js';
import { scripted } from '../../support/bot/scripted-strategy.js';
import type { Effect, KlineOperation } from '../../support/exchange/faults/effect.js';
import { hour, HOUR } from '../../support/market-data-bench.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();

/** Always buys when flat, or always sells when long: whatever stops an order is not the strategy. */
const wanting = (value: 1 | -1, from: number): ReturnType<typeof scripted> => scripted(hour(0), Object.fromEntries(Array.from({ length: 12 }, (_, n) => [from + n, value])));
const flat = async (says: 1 | -1 = 1, options = {}): Promise<LiveBench> => LiveBench.open(inFolder(), wanting(says, 0), options);
/** Holds coins since bar 0, and wants to sell them from bar 1 on. */
const long = async (): Promise<LiveBench> => {
  const bot = await LiveBench.open(inFolder(), scripted(hour(0), { 0: 1, 1: -1, 2: -1, 3: -1, 4: -1 }));
  expect(brief(await bot.tick(0))).toBe('traded SIGNAL.BUY');
  return bot;
};
const stops = (report: TickReport): string[] => report.findings.map(({ code }) => code);

describe('an entry needs candles that can be trusted', () => {
  it.each<[string, KlineOperation]>([
    ['F35 two different rows of one candle', { op: 'set', index: 1, field: 'openTime', value: hour(-1) }],
    ['F36 a close that is no number', { op: 'set', index: 1, field: 'close', value: 'NaN' }],
    ['F36 a close of nothing', { op: 'set', index: 2, field: 'close', value: '0' }],
    ['F36 a negative price', { op: 'set', index: 2, field: 'low', value: '-1' }],
    ['F36 a low above the high', { op: 'lowAboveHigh', index: 2 }],
    ['F38 a feed that stands still', { op: 'stale', ms: 5 * HOUR }],
    ['F40 open times off the grid', { op: 'misalign', ms: 60_000 }],
  ])('%s: no order, and a reason', async (_, operation) => {
    const bot = await flat();
    bot.market.damage(operation);
    const report = await bot.tick(0);
    expect([bot.posts, report.outcome]).toEqual([0, 'skipped']);
    expect(report.reason).toMatch(/^(DATA|EXCHANGE)\./);
    bot.heal();
    // F43 and all others: what is over is over.
    expect(brief(await bot.tick(1))).toBe('traded SIGNAL.BUY');
  });

  it.each<[string, Effect]>([
    ['truncated', { type: 'truncate' }],
    ['html', { type: 'replace', kind: 'html' }],
    ['deep', { type: 'replace', kind: 'deep' }],
    ['an empty object', { type: 'replace', kind: '{}' }],
    ['null', { type: 'replace', kind: 'null' }],
  ])('F44 a body of candles that is %s: no order', async (_, effect) => {
    const bot = await flat();
    bot.spoil(effect);
    expect([(await bot.tick(0)).outcome, bot.posts]).toEqual(['skipped', 0]);
  });

  it('F31 the candle that forms decides nothing', async () => {
    const bot = await LiveBench.open(inFolder(), scripted(hour(0), { 1: 1 }));
    // Bar 1 says buy, and until it has closed it is not looked at.
    expect([brief(await bot.tick(0)), brief(await bot.tick(0, HOUR - 1))]).toEqual(['held HOLD.NEUTRAL', 'held HOLD.REPEATED']);
    expect(brief(await bot.tick(1))).toBe('traded SIGNAL.BUY');
  });

  it('F33 a candle that is revised after it was decided on is not decided on again', async () => {
    const bot = await LiveBench.open(inFolder(), wanting(1, 0));
    expect(brief(await bot.tick(0))).toBe('traded SIGNAL.BUY');
    bot.market.damage({ op: 'revise', index: 1, mulBps: 12_000 });
    expect(brief(await bot.tick(0, 600_000))).toBe('held HOLD.REPEATED');
    expect(bot.posts).toBe(1);
  });

  it('F34 a hole in the window: no entry, and an exit all the same', async () => {
    const bot = await long();
    const missing = { op: 'drop', index: 2 } as const; // one behind the newest closed one
    bot.market.damage(missing);
    const exit = await bot.tick(2);
    expect([brief(exit), stops(exit)]).toEqual(['traded SIGNAL.SELL', ['DATA.GAP']]);
    const other = await LiveBench.open(inFolder('other'), wanting(1, 0));
    other.market.damage(missing);
    expect([brief(await other.tick(0)), other.posts]).toEqual(['refused DATA.GAP', 0]);
  });

  it('F42 fewer candles than the warm-up: no signal, no order', async () => {
    const bot = await LiveBench.open(inFolder(), scripted(hour(0), { 0: 1 }, { warmupBars: 5000 }));
    const report = await bot.tick(0);
    // The exchange has two hundred hours.
    expect([brief(report), bot.posts]).toEqual(['refused DATA.SHORT', 0]);
  });

  it('F43 an answer that is empty once is asked for again, in the same tick', async () => {
    const bot = await flat();
    bot.market.damage({ op: 'emptyOnce' });
    expect([brief(await bot.tick(0)), bot.posts]).toEqual(['traded SIGNAL.BUY', 1]);
  });

  it.each([
    ['spike', 100_000],
    ['crash', 1_000],
  ])('F37 a %s of the last candle that the order book knows nothing of: no entry', async (_, mulBps) => {
    const bot = await flat();
    bot.market.damage({ op: 'spike', index: 1, mulBps });
    const report = await bot.tick(0);
    expect([brief(report), bot.posts]).toEqual(['skipped DATA.INVALID', 0]);
  });

  it('F37 a close that is sound in itself and far from the order book: no entry', async () => {
    const market = candles({ startMs: hour(0) }).flat(100, 8).build();
    const bot = await PaperBench.open(market, scripted(hour(0), { 5: 1 }));
    const far = candles({ startMs: hour(0) }).flat(100, 5).closes(130).build();
    bot.data.spoil = (window) => far.slice(far.length - window.length);
    expect(brief(await bot.tick(5))).toBe('refused RISK.PRICE_DEVIATION');
  });

  it('I19 candles that cannot be had hold up no way out that is owed already', async () => {
    const bot = await long();
    // Bar 1 says sell, and the exchange refuses: the sale is owed.
    bot.exchange.control({ command: 'faults', rules: [{ match: { method: 'POST', path: '^/api/v3/order$' }, phase: 'before', effect: { type: 'error', status: 400, code: -2010, msg: 'Market is closed.' } }] });
    expect(brief(await bot.tick(1))).toBe('refused ORDER.REFUSED');
    bot.heal();
    bot.spoil({ type: 'replace', kind: 'html' });
    expect(brief(await bot.tick(1, 120_000))).toBe('traded SIGNAL.SELL');
  });
});

describe('a market that does not trade', () => {
  it.each(['HALT', 'BREAK', 'CANCEL_ONLY'])('F45 in %s takes no order, and after it the next signal is acted on', async (status) => {
    const bot = await flat();
    bot.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status });
    const report = await bot.tick(0);
    expect([brief(report), bot.posts]).toEqual(['refused MARKET.CLOSED', 0]);
    bot.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status: 'TRADING' });
    expect(brief(await bot.tick(1))).toBe('traded SIGNAL.BUY');
  });

  it('F46 a market that is gone halts the bot that holds coins of it, and the ledger keeps them', async () => {
    const bot = await long();
    const held = (await bot.parts.trades.position(bot.parts.bot.book)).quantity;
    bot.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', delist: true });
    const report = await bot.tick(1);
    expect([report.outcome, report.level, bot.posts]).toEqual(['halted', 'HALTED', 1]);
    expect(stops(report)).toContain('MARKET.GONE');
    expect((await bot.parts.trades.position(bot.parts.bot.book)).quantity).toBe(held);
  });
});

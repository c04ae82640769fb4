import { brief, PaperBench } from '../../support/bot/paper-bench.js';
import { LiveBench } from '../../support/bot/live-bench.js';
import { scripted } from '../../support/bot/scripted-strategy.js';
import { candles } from '../../support/candle-builder.js';
import { hour, HOUR } from '../../support/market-data-bench.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const START = Date.UTC(2024, 0, 1);
const market = candles({ startMs: START }).flat(100, 40).build();
const codes = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code);

describe('time', () => {
  it.each([-500, 500, -30_000, 30_000])('F47 a clock that is %i ms off decides by the exchange\'s', async (offMs) => {
    const bot = await LiveBench.open(inFolder(), scripted(hour(0), { 0: 1 }));
    bot.clock.jump(offMs);
    // By this machine's clock bar 0 has closed long ago, or has not closed yet; only the exchange's counts.
    expect(brief(await bot.tick(-1, HOUR - 1000))).toBe('held HOLD.NEUTRAL');
    expect(brief(await bot.tick(0, 5000))).toBe('traded SIGNAL.BUY');
    const [row] = await bot.parts.signals.list({ value: 1 }, { limit: 1, offset: 0 });
    expect(row.decidedAt - (hour(1) + 5000)).toBeLessThan(1000);
  });

  it.each([-86_400_000, -61_000, 61_000, 86_400_000])('F47 a clock that is %i ms off sends nothing until it is set', async (offMs) => {
    const bot = await LiveBench.open(inFolder(), scripted(hour(0), { 0: 1, 1: 1 }));
    bot.clock.jump(offMs);
    const report = await bot.tick(0);
    expect([brief(report), codes(report.findings), bot.posts]).toEqual(['refused CLOCK.OFFSET', ['CLOCK.OFFSET'], 0]);
    bot.clock.jump(-offMs);
    expect(brief(await bot.tick(1))).toBe('traded SIGNAL.BUY');
  });

  it('F48 a machine that slept in the middle of a tick drops the entry that it was about to make', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    bot.data.before = () => bot.clock.jump(6 * HOUR);
    expect(brief(await bot.tick(5))).toBe('refused STALE_SIGNAL');
    expect(await bot.parts.orders.list({}, { limit: 1, offset: 0 })).toEqual([]);
  });

  it('F48 a machine that slept sells all the same', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1, 7: -1 }));
    await bot.ticks(5, 6);
    bot.data.before = () => bot.clock.jump(6 * HOUR);
    expect(brief(await bot.tick(7))).toBe('traded SIGNAL.SELL');
  });

  it('F49 a request stamped by a wrong clock is sent once more, and executed once', async () => {
    const bot = await LiveBench.open(inFolder(), scripted(hour(0), { 0: 1 }));
    bot.exchange.control({ command: 'faults', rules: [{ match: { method: 'POST', path: '^/api/v3/order$' }, times: 1, phase: 'before', effect: { type: 'error', status: 400, code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' } }] });
    expect(brief(await bot.tick(0))).toBe('traded SIGNAL.BUY');
    expect(bot.exchange.control({ command: 'assert', name: 'oneOrderPerIntent' })).toMatchObject({ ok: true });
  });

  it('F50 a tick that takes too long begins nothing new', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }), { settings: { execution: { tick_deadline_seconds: 5 } } });
    bot.data.before = () => void bot.clock.sleep(6000);
    const late = await bot.tick(5);
    expect([brief(late), late.lookAgainMs]).toEqual(['skipped TICK.DEADLINE', 60_000]);
    expect(await bot.parts.orders.list({}, { limit: 1, offset: 0 })).toEqual([]);
    bot.data.before = () => {};
    // The bar was not decided on: the next look within it is the first.
    expect(brief(await bot.tick(5, 120_000))).toBe('traded SIGNAL.BUY');
  });

  it.each([-1, 0, 1])('F53 a tick %i ms from the close of a bar looks at bars that have closed', async (lateMs) => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    expect(brief(await bot.tick(5, lateMs))).toBe(lateMs < 0 ? 'held HOLD.NEUTRAL' : 'traded SIGNAL.BUY');
    expect(brief(await bot.tick(5, 5000))).toBe(lateMs < 0 ? 'traded SIGNAL.BUY' : 'held HOLD.REPEATED');
  });

  it('F55 a tick that comes late by less than a bar acts, and one that comes later looks at the newest bar only', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1, 8: 1 }));
    expect(brief(await bot.tick(5, HOUR / 2))).toBe('traded SIGNAL.BUY');
    const other = await PaperBench.open(market, scripted(START, { 5: 1 }));
    expect(brief(await other.tick(6, 10_000))).toBe('held HOLD.NEUTRAL');
  });

  it('F56 after days of downtime old signals are not acted on, and the position is still managed', async () => {
    const strategy = scripted(START, { 5: 1, 7: -1, 9: 1 });
    const bot = await PaperBench.open(market, strategy);
    expect(brief(await bot.tick(5))).toBe('traded SIGNAL.BUY');
    bot.restart(strategy);
    // The signals of bars 7 and 9 came while nobody looked. Nothing is bought for them, and what is held is still there.
    const report = await bot.tick(35, 1_800_000);
    expect([brief(report), report.position?.holding]).toEqual(['held HOLD.NEUTRAL', 'open']);
    bot.restart(scripted(START, { 36: -1 }));
    expect(brief(await bot.tick(36))).toBe('traded SIGNAL.SELL');
  });
});

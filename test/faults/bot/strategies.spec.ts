import type { Candles } from '../../../src/domain/candles.js';
import { StrategyError } from '../../../src/domain/errors.js';
import type { SignalFrame } from '../../../src/domain/signal.js';
import { brief, PaperBench } from '../../support/bot/paper-bench.js';
import { scripted } from '../../support/bot/scripted-strategy.js';
import { candles } from '../../support/candle-builder.js';
import { Test } from '@nestjs/testing';
import { StrategyModule } from '../../../src/strategy/strategy.module.js';
import { StrategyRegistry } from '../../../src/strategy/strategy.registry.js';
import type { TradingStrategy } from '../../../src/strategy/trading-strategy.js';

const START = Date.UTC(2024, 0, 1);
const market = candles({ startMs: START }).flat(100, 20).build();

class NoParams {}

/** A strategy of a user's, through the registry as the bot gets it. */
async function bound(generateSignals: (candles: Candles) => SignalFrame): ReturnType<typeof bind> {
  return bind({ warmupBars: () => 3, generateSignals });
}

async function bind(strategy: TradingStrategy): Promise<ReturnType<StrategyRegistry['bind']>> {
  const module = await Test.createTestingModule({ imports: [StrategyModule] }).compile();
  await module.init();
  const registry = module.get(StrategyRegistry);
  registry.register({ name: 'of_a_user', version: '1', description: 'x', params: NoParams, strategy } as never);
  return registry.bind('of_a_user', {});
}

const buying = (length: number): Int8Array => new Int8Array(length).fill(1);

describe('a strategy that does what it should not', () => {
  it.each<[string, (candles: Candles) => SignalFrame]>([
    ['throws', () => { throw new TypeError('undefined is not a function'); }],
    ['throws what is no error', () => { throw 'no'; }], // oxlint-disable-line no-throw-literal
    ['answers with too few rows', ({ length }) => ({ signals: buying(length - 1), indicators: {} })],
    ['answers with too many rows', ({ length }) => ({ signals: buying(length + 1), indicators: {} })],
    ['answers with 7', ({ length }) => ({ signals: new Int8Array(length).fill(7), indicators: {} })],
    ['answers with numbers that can be none', ({ length }) => ({ signals: Array.from({ length }, () => NaN) as unknown as Int8Array, indicators: {} })],
    ['answers with nothing', () => undefined as unknown as SignalFrame],
    ['has an indicator of another length', ({ length }) => ({ signals: buying(length), indicators: { x: new Float64Array(1) } })],
    ['changes the candles', (given) => { given.close[given.length - 1] = 1; return { signals: buying(given.length), indicators: {} }; }],
    ['changes a candle of long ago', (given) => { given.high[0] += 1; return { signals: buying(given.length), indicators: {} }; }],
  ])('F102 that %s: the tick is refused, nothing is recorded, and the bot goes on', async (_, generateSignals) => {
    const bot = await PaperBench.open(candles({ startMs: START }).flat(100, 20).build(), await bound(generateSignals));
    expect(brief(await bot.tick(5))).toBe('skipped STRATEGY.FAULT');
    expect([await bot.parts.orders.list({}, { limit: 1, offset: 0 }), await bot.parts.signals.list({}, { limit: 1, offset: 0 })]).toEqual([[], []]);
    bot.restart(scripted(START, { 6: 1 }));
    expect(brief(await bot.tick(6))).toBe('traded SIGNAL.BUY');
  });

  it('F102 that computes for too long: what it says is not acted on', async () => {
    const bot = await PaperBench.open(market, scripted(START, {}, { frame: ({ length }) => { void bot.clock.sleep(60_000); return { signals: buying(length), indicators: {} }; } }));
    expect(brief(await bot.tick(5))).toBe('skipped TICK.DEADLINE');
    expect(await bot.parts.orders.list({}, { limit: 1, offset: 0 })).toEqual([]);
  });

  it('F102 errors of a strategy stop entries after risk.max_consecutive_errors, and a tick without one lets them go on', async () => {
    const failing = scripted(START, {}, { frame: () => { throw new StrategyError('STRATEGY.FRAME', 'no'); } });
    const bot = await PaperBench.open(market, failing, { settings: { risk: { max_consecutive_errors: 2 } } });
    await bot.ticks(4, 6);
    bot.restart(scripted(START, { 7: 1, 8: 1 }));
    expect([brief(await bot.tick(7)), brief(await bot.tick(8))]).toEqual(['refused RISK.ERRORS', 'traded SIGNAL.BUY']);
  });
});

describe('settings that change while something is held', () => {
  const says = { 5: 1, 8: 1, 9: -1, 11: 1 };

  it('F100 another strategy: no entries, its signals sell, and then it may buy', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }, { name: 'before' }));
    await bot.tick(5);
    bot.restart(scripted(START, says, { name: 'after' }));
    const reports = await bot.ticks(6, 11);
    expect(reports[0].findings.map(({ code }) => code)).toEqual(['POSITION.INHERITED']);
    expect(reports.map(brief)).toEqual(['held HOLD.NEUTRAL', 'held HOLD.NEUTRAL', 'held HOLD.ALREADY_LONG', 'traded SIGNAL.SELL', 'held HOLD.NEUTRAL', 'traded SIGNAL.BUY']);
  });

  it('F100 another market: nothing is bought while the old one is held', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    await bot.tick(5);
    const there = candles({ startMs: START, symbol: 'ETH/USDT' }).flat(50, 20).build();
    const other = await PaperBench.open(there, scripted(START, { 7: 1 }), { database: bot.database });
    expect(brief(await other.tick(7))).toBe('refused POSITION.ELSEWHERE');
  });

  it('F103 a position on paper is none to a live bot, nor the other way round', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    await bot.tick(5);
    const key = { ...bot.parts.bot.book, mode: 'live' as const };
    expect([(await bot.parts.trades.position(bot.parts.bot.book)).holding, (await bot.parts.trades.position(key)).holding]).toEqual(['open', 'flat']);
    expect(await bot.parts.trades.positions({ mode: 'live' })).toEqual([]);
  });

  it('F100 a position is sold by the operator, whatever the strategy says', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    await bot.tick(5);
    await bot.at(6);
    expect(brief(await bot.parts.bot.closePosition(bot.clock.now()))).toBe('traded EXIT.OPERATOR');
    expect(brief(await bot.parts.bot.closePosition(bot.clock.now()))).toBe('held SIZE.BELOW_MINIMUM');
  });
});

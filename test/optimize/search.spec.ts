import type { TradingRules } from '../../src/backtest/engine/simulate.js';
import { Candles } from '../../src/domain/candles.js';
import { Random } from '../../src/domain/random.js';
import { listSignals } from '../../src/domain/signal.js';
import { judge, parseFigure, refusal, type Objective } from '../../src/optimize/objective.js';
import { chooseSampler } from '../../src/optimize/samplers/choose-sampler.js';
import { bestOf, search, type SearchPlan, type Trial } from '../../src/optimize/search.js';
import { SearchSpace, type Params } from '../../src/optimize/space/search-space.js';
import { runStudy, splitRows } from '../../src/optimize/study.js';
import { LocalEvaluator } from '../../src/optimize/sweep/evaluator.js';
import { FIGURES, type Figures } from '../../src/optimize/sweep/figures.js';
import { NOT_COMPILED } from '../../src/optimize/sweep/trial-runner.js';
import { journalLine, readJournalLine } from '../../src/optimize/trial-record.js';
import { smaCrossings } from '../../src/strategy/indicators/crossings.js';
import type { BoundStrategy } from '../../src/strategy/trading-strategy.js';

const RULES: TradingRules = {
  initialCapital: 1000,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};
const OBJECTIVE: Objective = { figure: 'sharpe_daily', limits: { minTrades: 5, maxDrawdown: null } };

function space(): SearchSpace {
  const range = (name: string, low: number, high: number) => ({ kind: 'range', name, low, high, step: 1, log: false }) as const;
  return new SearchSpace([range('fast', 2, 40), range('slow', 5, 120)], [{ lesser: { dimension: 0 }, greater: { dimension: 1 } }]);
}

/** Hours of a market whose log returns are noise around a drift that lasts. @param persistence 0: no drift at all */
function hours(bars: number, seed: number, persistence: number): Candles {
  const random = new Random(seed);
  const column = () => new Float64Array(bars);
  const columns = { openTime: column(), open: column(), high: column(), low: column(), close: column(), volume: column() };
  let [price, drift] = [30_000, 0];
  for (let i = 0; i < bars; i++) {
    const open = price;
    drift = 0.99 * drift + persistence * 0.0006 * random.normal();
    price = Math.round(price * Math.exp(drift + 0.004 * random.normal()) * 100) / 100;
    columns.openTime[i] = Date.UTC(2022, 0, 1) + i * 3_600_000;
    columns.open[i] = open;
    columns.close[i] = price;
    columns.high[i] = Math.max(open, price);
    columns.low[i] = Math.min(open, price);
  }
  return Candles.of('BTC/USDT', '1h', columns);
}

const bound = (signals: (candles: Candles) => ReturnType<typeof listSignals>): BoundStrategy => ({ name: 'test', version: '1', params: {}, warmupBars: 0, frame: (candles) => ({ signals: new Int8Array(candles.length), indicators: {} }), signals });
const cross = ({ fast, slow }: Params): BoundStrategy => bound((candles) => smaCrossings(candles.ticksOf('close')?.values ?? candles.close, Number(fast), Number(slow)));
/** Says something every now and then, and means nothing by it. */
const noise = ({ fast, slow }: Params): BoundStrategy => bound((candles) => {
  const random = new Random(1000 * Number(fast) + Number(slow));
  return listSignals(Int8Array.from({ length: candles.length }, () => (random.float() < 0.01 ? (random.float() < 0.5 ? 1 : -1) : 0)));
});

function plan(trials: number, method: 'tpe' | 'random' | null = null, seed = 1): SearchPlan {
  const made = space();
  const { sampler, round } = chooseSampler(made, method, trials, seed);
  return { space: made, sampler, objective: OBJECTIVE, trials, round };
}

const toy = async (params: readonly Params[]): Promise<Figures[]> => params.map(({ fast, slow }) => ({ ...Object.fromEntries(FIGURES.map((name) => [name, 0])), closed_trades: Number(fast) < 4 ? 1 : 20, sharpe_daily: -((Number(fast) - 12) ** 2) - (Number(slow) - 60) ** 2 / 10 }) as unknown as Figures);
const short = (trials: readonly Trial[]): unknown[] => trials.map(({ number, point, loss, violation }) => [number, ...point, loss, violation]);

describe('search', () => {
  it('finds what is best and keeps the limits', async () => {
    const best = bestOf(await search(plan(150, 'tpe'), toy));
    expect(Math.abs((best?.point[0] ?? 0) - 12)).toBeLessThanOrEqual(2);
    expect(best?.violation).toBe(0);
  });

  it('tries everything where that fits the number of trials', async () => {
    const trials = await search(plan(10_000), toy);
    expect(trials).toHaveLength(space().count() as number);
    expect(bestOf(trials)?.point).toEqual([12, 60]);
  });

  it('goes on after a stop as if there had been none, and asks for nothing twice', async () => {
    const whole = await search(plan(100, 'tpe'), toy);
    const lines: string[] = [];
    const made = plan(100, 'tpe');
    const cut = await search(made, toy, { onRound: (_, fresh) => lines.push(...fresh.map((trial) => journalLine(trial, made.space))), isStopped: () => lines.length >= 40 });
    expect(cut.length).toBeLessThan(60);
    const known = new Map(lines.map(readJournalLine).filter((entry) => entry !== null));
    const asked: Params[] = [];
    const resumed = await search(plan(100, 'tpe'), (params) => (asked.push(...params), toy(params)), { known });
    expect(short(resumed)).toEqual(short(whole));
    expect(asked).toHaveLength(100 - cut.length);
  });

  it('passes over a line that was cut off while it was written', () => {
    const line = journalLine({ number: 0, point: [3, 9], loss: 1, violation: 0, figures: Object.fromEntries(FIGURES.map((name) => [name, 0.1])) as unknown as Figures }, space());
    expect(readJournalLine(line)?.[0]).toBe('3 9');
    for (let length = 0; length < line.length; length++) expect(readJournalLine(line.slice(0, length))).toBeNull();
  });
});

describe('judge', () => {
  const figures = { sharpe_daily: 2, max_drawdown: 0.4, closed_trades: 5, profit_factor: null } as unknown as Figures;

  it.each([
    { objective: { figure: 'sharpe_daily', limits: { minTrades: 5, maxDrawdown: null } }, expected: { loss: -2, violation: 0 }, says: null },
    { objective: { figure: 'max_drawdown', limits: { minTrades: 0, maxDrawdown: null } }, expected: { loss: 0.4, violation: 0 }, says: null },
    { objective: { figure: 'sharpe_daily', limits: { minTrades: 10, maxDrawdown: null } }, expected: { loss: -2, violation: 0.5 }, says: 'fewer than 10 closed trades' },
    { objective: { figure: 'sharpe_daily', limits: { minTrades: 0, maxDrawdown: 0.2 } }, expected: { loss: -2, violation: 1 }, says: 'drawdown beyond 0.2' },
    { objective: { figure: 'profit_factor', limits: { minTrades: 0, maxDrawdown: null } }, expected: { loss: Infinity, violation: 0 }, says: 'profit_factor is undefined' },
  ] as const)('of $objective is $expected', ({ objective, expected, says }) => {
    const judgement = judge(figures, objective);
    expect(judgement.loss).toBe(expected.loss);
    expect(judgement.violation).toBeCloseTo(expected.violation, 12);
    expect(refusal(figures, objective)).toBe(says);
  });

  it('refuses a figure that there is not, and names the nearest', () => {
    expect(() => parseFigure('sharp_daily')).toThrow('Did you mean "sharpe_daily"?');
  });
});

describe('a study', () => {
  const candles = hours(24 * 700, 3, 0);
  const study = async (market: Candles, bind: (params: Params) => BoundStrategy, trials: number, method: 'tpe' | 'random') => {
    const evaluator = new LocalEvaluator({ candles: market, rules: RULES, withPsr: false }, bind, NOT_COMPILED);
    return runStudy({ ...plan(trials, method), rows: splitRows(market, 200, 0.3), seed: 1, earlierTrials: 0 }, evaluator);
  };

  it('does not call 500 trials of a strategy that only makes noise a find', async () => {
    const { winner, trials } = await study(candles, noise, 500, 'random');
    expect(trials).toHaveLength(500);
    expect(winner?.trial.figures.sharpe_daily).toBeGreaterThan(1); // it looks good
    expect(winner?.verdict.level).toBe('luck');
  });

  it('finds an edge that was planted, and it survives', async () => {
    const { winner } = await study(hours(24 * 700, 7, 1), cross, 200, 'tpe');
    expect(winner?.luck?.chanceOfLuck).toBeLessThan(0.05);
    expect(winner?.outOfSample?.total_return).toBeGreaterThan(0);
    expect(winner?.verdict.level).toBe('promising');
  });

  it('never shows the search what is held out', async () => {
    const spoilt = candles.slice(0, splitRows(candles, 200, 0.3).inSample.to);
    const [all, known] = await Promise.all([study(candles, cross, 40, 'tpe'), runStudy({ ...plan(40, 'tpe'), rows: { inSample: { historyFrom: 0, from: 200, to: spoilt.length }, outOfSample: null }, seed: 1, earlierTrials: 0 }, new LocalEvaluator({ candles: spoilt, rules: RULES, withPsr: false }, cross, NOT_COMPILED))]);
    expect(short(all.trials)).toEqual(short(known.trials));
  });
});

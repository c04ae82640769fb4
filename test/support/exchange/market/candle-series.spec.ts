import { closeTimeOf, nextOpenTime, openTimeOf, type Interval } from '../base/interval.js';
import { Prng } from '../base/prng.js';
import type { Candle } from './candle.js';
import { CandleSeries } from './candle-series.js';
import { Coverage } from './coverage.js';
import { StepLog } from './step-log.js';

const STEP_MS = 60_000;
const START = 1_700_000_000_000;

interface History {
  log: StepLog;
  coverage: Coverage;
  nowMs: number;
}

/** Steps of a minute, some of them quiet, with holes in between. */
function randomHistory(draws: Prng, steps: number): History {
  const log = new StepLog();
  const coverage = new Coverage(STEP_MS);
  let timeMs = START;
  for (let i = 0; i < steps; i++) {
    const qty = i > 0 && draws.chance(0.2) ? 0n : BigInt(draws.integer(1, 9));
    log.push({ timeMs, price: BigInt(draws.integer(100, 200)), qty, takerBuys: draws.chance(0.5) });
    coverage.note(timeMs);
    timeMs += STEP_MS * (draws.chance(0.1) ? draws.integer(2, 9) : 1);
    if (draws.chance(0.05)) timeMs -= draws.integer(1, STEP_MS - 1); // a step between the others
  }
  return { log, coverage, nowMs: (log.last?.timeMs ?? START) + draws.integer(0, STEP_MS) };
}

/** Every candle there should be, made one by one: [open time, open, high, low, close, volume, trades]. */
function everyCandle(interval: Interval, { log, coverage, nowMs }: History): (number | bigint)[][] {
  const found: (number | bigint)[][] = [];
  const spans = coverage.list(nowMs);
  for (let open = openTimeOf(interval, START); open <= nowMs; open = nextOpenTime(interval, open)) {
    const close = closeTimeOf(interval, open);
    const traded = [];
    for (let i = 0; i < log.end; i++) {
      const step = log.at(i);
      if (step.timeMs >= open && step.timeMs <= close && step.qty > 0n) traded.push(step);
    }
    const prices = traded.map(({ price }) => price);
    const before = found.at(-1)?.[4];
    if (traded.length > 0) {
      const sorted = prices.toSorted((a, b) => Number(a - b));
      const volume = traded.reduce((sum, { qty }) => sum + qty, 0n);
      found.push([open, prices[0], sorted[sorted.length - 1], sorted[0], prices[prices.length - 1], volume, traded.length]);
    } else if (before !== undefined && spans.some(({ fromMs, toMs }) => fromMs <= close && toMs >= open)) {
      found.push([open, before, before, before, before, 0n, 0]);
    }
  }
  return found;
}

const columns = ({ openTime, open, high, low, close, volume, trades }: Candle): (number | bigint)[] => [
  openTime, open, high, low, close, volume, trades,
];

describe('CandleSeries', () => {
  it.each<Interval>(['1s', '1m', '3m', '15m', '1h', '1d'])('agrees with candles made one by one (%s)', (interval) => {
    const draws = Prng.named(1, interval);
    for (let round = 0; round < 20; round++) {
      const history = randomHistory(draws, interval === '1s' ? 8 : 120);
      const series = new CandleSeries(interval, history.log, 5000);
      const spans = history.coverage.list(history.nowMs);
      const all = everyCandle(interval, history);
      for (let query = 0; query < 20; query++) {
        const span = history.nowMs - START;
        const pick = (): number | undefined => (draws.chance(0.5) ? START + draws.integer(-span, 2 * span) : undefined);
        const [startMs, endMs, limit] = [pick(), pick(), draws.integer(1, 40)];
        const within = all.filter(([open]) => Number(open) >= (startMs ?? -Infinity) && Number(open) <= (endMs ?? Infinity));
        const expected = startMs === undefined ? within.slice(-limit) : within.slice(0, limit);
        const found = series.select({ startMs, endMs, limit, nowMs: history.nowMs, formingLagMs: 0, finalLagMs: 0 }, spans);
        expect(found.map(columns)).toEqual(expected);
      }
    }
  });

  it('keeps at least so many candles and lets older ones go', () => {
    const log = new StepLog();
    const series = new CandleSeries('1m', log, 10);
    const coverage = new Coverage(STEP_MS);
    for (let i = 0; i < 100; i++) {
      log.push({ timeMs: START + i * STEP_MS, price: 1n, qty: 1n, takerBuys: true });
      coverage.note(START + i * STEP_MS);
      series.catchUp();
    }
    const nowMs = START + 100 * STEP_MS;
    const kept = series.select({ limit: 1000, nowMs, formingLagMs: 0, finalLagMs: 0 }, coverage.list(null));
    expect(kept.length).toBeGreaterThanOrEqual(10);
    expect(kept.length).toBeLessThanOrEqual(20);
    expect(kept.at(-1)?.openTime).toBe(openTimeOf('1m', START + 99 * STEP_MS));
  });
});

import { units } from '../base/decimal.js';
import { closeTimeOf, isInterval, lengthOf, openTimeOf, type Interval } from '../base/interval.js';
import type { Candle } from '../market/candle.js';
import type { Venue } from '../venue.js';
import { type BotDecision, marketId } from './bot-export.js';

const ENTRY_GRACE_MS = 60_000;
const FIELDS = ['open', 'high', 'low', 'close', 'volume'] as const;

/**
 * Every decision was made on a closed candle as it finally was; entries no later than one interval and a minute after its close.
 *
 * @param window so many candles up to the decision's must all exist; 0 does not look
 */
export function closedCandleOnly(venue: Venue, decisions: readonly BotDecision[], window: number): string[] {
  return decisions.flatMap((decision) =>
    problemsOf(venue, decision, window).map((problem) => `decision ${decision.signalKey}: ${problem}`),
  );
}

function problemsOf(venue: Venue, decision: BotDecision, window: number): string[] {
  const { timeframe, candleOpenTime, decidedAt, candle, action } = decision;
  if (!isInterval(timeframe)) return [`expected one of the exchange's intervals; was ${timeframe}`];
  const problems: string[] = [];
  const closeTime = closeTimeOf(timeframe, candleOpenTime);
  if (closeTime >= decidedAt) problems.push(`candle closes at ${closeTime}, but it was decided on at ${decidedAt}`);
  const latest = closeTime + lengthOf(timeframe) + ENTRY_GRACE_MS;
  if (action === 'BUY' && decidedAt > latest) problems.push(`expected an entry by ${latest}; was at ${decidedAt}`);
  const [final] = lookUp(venue, decision, timeframe, candleOpenTime, candleOpenTime);
  if (final === undefined) return [...problems, `no ${timeframe} candle opens at ${candleOpenTime}`];
  const changed = FIELDS.filter((field) => units(candle[field]) !== final[field]);
  problems.push(...changed.map((field) => `expected the final ${field} of the candle; was ${candle[field]}`));
  if (window > 0) {
    const from = firstOpen(timeframe, candleOpenTime, window);
    const rows = lookUp(venue, decision, timeframe, from, candleOpenTime);
    if (rows.length < window) problems.push(`${window - rows.length} of the last ${window} candles do not exist`);
  }
  return problems;
}

function lookUp(venue: Venue, { symbol }: BotDecision, interval: Interval, startMs: number, endMs: number): Candle[] {
  const market = venue.markets.get(marketId(symbol));
  if (market === undefined) return [];
  return market.candles(interval, { startMs, endMs, limit: Infinity, nowMs: venue.now, formingLagMs: 0, finalLagMs: 0 });
}

function firstOpen(interval: Interval, openTime: number, window: number): number {
  let first = openTime;
  for (let i = 1; i < window; i++) first = openTimeOf(interval, first - 1);
  return first;
}

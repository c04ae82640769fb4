import { createHash } from 'node:crypto';

import { Random } from '../domain/random.js';
import { isPlainObject } from '../schema/fields.js';
import { periodsPerYear, timeframeMs } from '../domain/timeframe.js';
import type { BacktestResult } from './backtest-result.js';
import { dailyEquity } from './engine/daily-equity.js';
import { returnsOf } from './engine/distribution.js';
import { deflatedSharpe, type DeflatedSharpe } from './engine/luck/deflated-sharpe.js';
import { sharpeLuck, type SharpeLuck } from './engine/luck/sharpe-luck.js';
import type { Trial, TrialFamily } from './trial-ledger.js';

const DAYS_PER_YEAR = 365;

/** What chance may have to do with a result. */
export interface ResultLuck {
  /** null where there is no Sharpe ratio, or too short a test. */
  readonly sharpe: SharpeLuck | null;
  /** Of what: returns by UTC day, or by bar where bars are longer. */
  readonly per: 'day' | 'bar';
  readonly closedTrades: number;
  /** Everything that was tried with the strategy on this market; null where nobody has counted. */
  readonly tries: number | null;
  /** The ratio against that of the best of so many worthless tries; null for a first try. */
  readonly deflated: (DeflatedSharpe & { readonly thresholdPerYear: number }) | null;
}

/** Pure: the same result and tries, the same answer. */
export function luckOf(result: BacktestResult, family: TrialFamily | null): ResultLuck {
  const { returns, perYear, per } = returnsIn(result);
  const sharpe = sharpeLuck(returns, perYear, new Random(result.manifest.seed));
  const deflated = sharpe === null || family === null || family.tries < 2 || family.variance === null ? null : deflatedSharpe(sharpe.shape, family.tries, (family.variance * DAYS_PER_YEAR) / perYear);
  return {
    sharpe,
    per,
    closedTrades: result.metrics.closed_trades,
    tries: family?.tries ?? null,
    deflated: deflated === null ? null : { ...deflated, thresholdPerYear: deflated.threshold * Math.sqrt(perYear) },
  };
}

/**
 * A backtest as one try. Other parameters, another range, timeframe, seed or version of the strategy make another try; costs and sizes do
 * not, nor does a second look at the same.
 */
export function trialOf(result: BacktestResult): Trial {
  const { manifest, params, config, metrics } = result;
  const range = isPlainObject(config['backtest']) ? config['backtest'] : {};
  const [start, end] = [range['start'], range['end']].map((moment) => (typeof moment === 'string' ? moment : ''));
  const { strategy, symbol, source, timeframe } = manifest;
  // Bars longer than a day have no daily ratio; theirs, scaled, stands for it.
  const ratio = metrics.sharpe_daily ?? metrics.sharpe;
  const facts = [timeframe, start, end, manifest.seed, manifest.strategy_version, manifest.strategy_sha256, params];
  return {
    at: manifest.created_at,
    strategy,
    symbol,
    source,
    key: createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16),
    what: [timeframe, `${start || '…'} → ${end || '…'}`, ...Object.entries(params).map(([name, value]) => `${name}=${String(value)}`)].join(' '),
    tries: 1,
    sharpe: ratio === null ? null : ratio / Math.sqrt(DAYS_PER_YEAR),
    spread: 0,
  };
}

function returnsIn({ equity_curve: curve, manifest }: BacktestResult): { readonly returns: Float64Array; readonly perYear: number; readonly per: 'day' | 'bar' } {
  const equity = Float64Array.from(curve, (point) => point.equity);
  const daily = equity.length > 1 ? dailyEquity(equity, manifest.start, timeframeMs(manifest.timeframe)) : null;
  if (daily !== null) return { returns: returnsOf(daily), perYear: DAYS_PER_YEAR, per: 'day' };
  return { returns: returnsOf(equity), perYear: periodsPerYear(manifest.timeframe), per: 'bar' };
}

import { join } from 'node:path';

import { ENGINE_VERSION } from '../../backtest/engine-version.js';
import { isoTime } from '../../domain/instant.js';
import { createFile } from '../../files/atomic-write.js';
import { toSnake } from '../../schema/names.js';
import type { WalkForwardResult } from '../../optimize/walk-forward/walk-forward.js';
import { profitableShare } from './walk-forward-text.js';
import type { WalkForwardOutcome } from './run-walk-forward.js';

type Outcome = WalkForwardOutcome & { readonly result: WalkForwardResult };

/** A walk-forward as JSON: everything that decided it, its windows, and the curve of all tests. */
export function walkForwardDocument({ bench, plan, objective, method, settings, result }: Outcome): object {
  const { candles, strategy, space, from, rules, realData, candlesSha256 } = bench;
  const { equity, firstRow, windows, metrics, efficiency } = result;
  const time = (row: number): number => candles.openTime[0] + row * candles.timeframeMs;
  const range = (first: number, last: number): object => ({ from_iso: isoTime(time(from + first)), to_iso: isoTime(time(from + last)) });
  return {
    manifest: {
      format: 1,
      engine_version: ENGINE_VERSION,
      strategy: strategy.name,
      strategy_version: strategy.version,
      symbol: candles.symbol,
      timeframe: candles.timeframe,
      real_data: realData,
      candles_sha256: candlesSha256,
      plan: snake(plan),
      space: space.dimensions,
      fixed_params: space.fixed,
      rules: { initial_capital: rules.initialCapital, fill: rules.fill, ...snake(rules.costs), sizing: rules.sizing, lot: snake(rules.lot) },
      method,
      trials: settings.trials,
      search_seed: settings.seed,
      objective: objective.figure,
      min_trades: objective.limits.minTrades,
      max_drawdown: objective.limits.maxDrawdown,
    },
    metrics: { ...snake(metrics), sharpe_daily: result.sharpeDaily, t: result.t, p: result.p, profitable_share: profitableShare(result), efficiency: efficiency === null ? null : snake(efficiency) },
    windows: windows.map(({ window, trials, params, inSample, outOfSample, closedTrades }) => ({
      train: range(window.trainFrom, window.trainTo),
      test: range(window.testFrom, window.testTo),
      trials,
      params,
      in_sample: inSample,
      out_of_sample: snake(outOfSample),
      closed_trades: closedTrades,
    })),
    stability: result.stability.map(snake),
    equity_curve: Array.from(equity, (value, point) => ({ time: time(firstRow + point), equity: value })),
  };
}

function snake(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [toSnake(name), field as unknown]));
}

/** @returns the file. @throws StorageError */
export function saveWalkForward(outcome: Outcome, dir: string, stem: string): string {
  const path = join(dir, `${stem}.json`);
  createFile(path, [`${JSON.stringify(walkForwardDocument(outcome))}\n`]);
  return path;
}

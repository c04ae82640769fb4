import { Injectable } from '@nestjs/common';

import type { BotConfig } from '../config/bot-config.js';
import { costsOf } from '../config/costs-of.js';
import { candleChecks, candlesSha256 } from '../data/candle-hash.js';
import { qualityOf } from '../data/data-quality.js';
import { DataHandler } from '../data/data-handler.js';
import { sourceOf } from '../data/source-of.js';
import type { Candles } from '../domain/candles.js';
import { ConfigError, type Problem } from '../domain/errors.js';
import { isoTime, parseInstant } from '../domain/instant.js';
import { timeframeMs } from '../domain/timeframe.js';
import { loadKernel } from '../kernels/load-kernel.js';
import { toDocument } from '../schema/parse.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import type { BacktestResult } from './backtest-result.js';
import { buildResult } from './build-result.js';
import { ENGINE_VERSION } from './engine-version.js';
import { runBacktest } from './engine/run-backtest.js';
import { sensitivityOf, type Sensitivity } from './engine/sensitivity.js';
import type { TradingRules } from './engine/simulate.js';
import { warningsOf } from './warnings.js';

export interface BacktestRequest {
  readonly config: BotConfig;
  readonly nowMs: number;
  /** Parameters that the command line gave, for the record. */
  readonly overriddenParams?: readonly string[];
}

/** A result, and what it was made of. */
export interface TestedResult {
  readonly result: BacktestResult;
  /** Warm-up included. */
  readonly candles: Candles;
  /** What other costs would have made of it; worked out when it is asked for. */
  sensitivity(): Sensitivity;
}

/** Fetch with warm-up → signals on all candles → slice → simulate → metrics → result. */
@Injectable()
export class BacktesterService {
  constructor(
    private readonly data: DataHandler,
    private readonly strategies: StrategyRegistry,
  ) {}

  /** @throws ConfigError, StrategyError, CandleDataError, ExchangeError; nothing is written here */
  async run(request: BacktestRequest): Promise<BacktestResult> {
    return (await this.runWithCandles(request)).result;
  }

  async runWithCandles({ config, nowMs, overriddenParams = [] }: BacktestRequest): Promise<TestedResult> {
    const { symbol, timeframe, backtest } = config;
    const strategy = this.strategies.bindConfigured(config.strategy, timeframe);
    const { fromMs, toMs } = rangeOf(config, nowMs);
    const source = sourceOf(config);
    const { candles, from } = await this.data.history({ symbol, timeframe, source, fromMs, toMs, warmupBars: strategy.warmupBars, nowMs });
    const rules = rulesOf(config);
    const run = runBacktest(strategy, candles, { from, to: candles.length }, rules, loadKernel());
    const realData = source.kind === 'exchange';
    const quality = qualityOf(candles);
    const result = buildResult(run, {
      manifest: {
        created_at: nowMs,
        engine_version: ENGINE_VERSION,
        strategy: strategy.name,
        strategy_version: strategy.version,
        strategy_sha256: strategy.sha256 ?? null,
        warmup_bars: from,
        warmup_bars_needed: strategy.warmupBars,
        source: source.kind,
        real_data: realData,
        seed: config.data.seed,
        fill: backtest.fill,
        candles_sha256: candlesSha256(candles),
        candle_checks: candleChecks(candles),
        data_quality: quality,
        overridden_params: overriddenParams,
      },
      config: toDocument(config),
      params: strategy.params,
      warnings: warningsOf({ run, realData, spikes: quality.spikes, warmupBars: from, warmupNeeded: strategy.warmupBars, fill: backtest.fill }),
    });
    return { result, candles, sensitivity: () => sensitivityOf(run.candles, run.signals, rules) };
  }
}

export function rulesOf({ backtest, risk }: BotConfig): TradingRules {
  const { initialCapital, fill, sizing, fraction, quantityStep, minNotional } = backtest;
  return {
    initialCapital,
    fill,
    costs: costsOf(backtest),
    sizing: { rule: sizing, quoteAmount: risk.maxPositionSizeUsd, fraction },
    lot: { quantityStep, minNotional },
  };
}

/** The tested range in milliseconds; null where the settings leave it open. */
export function rangeOf({ backtest: { start, end }, timeframe }: BotConfig, nowMs: number): { fromMs: number | null; toMs: number | null } {
  const fromMs = start === undefined ? null : parseInstant(start);
  const toMs = end === undefined ? null : parseInstant(end);
  const problems: Problem[] = [];
  const now = isoTime(nowMs);
  if (fromMs !== null && fromMs < timeframeMs('1w')) problems.push({ path: '--start (backtest.start)', message: `must be after 1970, was ${start}` });
  if (toMs !== null && toMs < timeframeMs('1w')) problems.push({ path: '--end (backtest.end)', message: `must be after 1970, was ${end}` });
  if (fromMs !== null && fromMs > nowMs) problems.push({ path: '--start (backtest.start)', message: `lies in the future: was ${start}, now is ${now}` });
  if (toMs !== null && toMs > nowMs) problems.push({ path: '--end (backtest.end)', message: `lies in the future: was ${end}, now is ${now}` });
  if (fromMs !== null && toMs !== null && fromMs >= toMs) problems.push({ path: '--start (backtest.start)', message: `must be before --end ${end}, was ${start}` });
  if (fromMs !== null && toMs === null && fromMs <= nowMs && fromMs + timeframeMs(timeframe) > nowMs) problems.push({ path: '--start (backtest.start)', message: `leaves no closed ${timeframe} candle before now, ${now}: was ${start}` });
  if (problems.length > 0) throw new ConfigError(problems);
  return { fromMs, toMs };
}

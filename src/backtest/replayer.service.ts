import { Injectable } from '@nestjs/common';

import { BotConfig } from '../config/bot-config.js';
import { firstChangedCandle } from '../data/candle-hash.js';
import { ConfigError } from '../domain/errors.js';
import { isPlainObject } from '../schema/fields.js';
import { parseDeclared } from '../schema/parse.js';
import type { BacktestResult } from './backtest-result.js';
import { BacktesterService } from './backtester.service.js';
import { firstDifference, type Difference } from './first-difference.js';

/** Where the candles of a replay come from, when not from where the saved run had them. */
export interface ReplaySource {
  readonly cacheDir?: string;
  readonly offline?: boolean;
}

export type Replay =
  | { readonly kind: 'identical'; readonly now: BacktestResult }
  /** Other candles: nothing else can be compared. */
  | { readonly kind: 'other_candles'; readonly changedAt: number | null; readonly now: BacktestResult }
  | { readonly kind: 'different'; readonly difference: Difference; readonly now: BacktestResult };

/** Runs a saved result again, from nothing but what its file says. */
@Injectable()
export class ReplayerService {
  constructor(private readonly backtester: BacktesterService) {}

  /** @throws ConfigError, StrategyError, CandleDataError, ExchangeError */
  async replay(saved: BacktestResult, nowMs: number, source: ReplaySource = {}): Promise<Replay> {
    const { result: now, candles } = await this.backtester.runWithCandles({ config: configOf(saved, source), nowMs, overriddenParams: saved.manifest.overridden_params });
    if (now.manifest.candles_sha256 !== saved.manifest.candles_sha256) {
      const row = firstChangedCandle(candles, saved.manifest.candle_checks ?? '');
      return { kind: 'other_candles', changedAt: row === null || row >= candles.length ? null : candles.openTime[row], now };
    }
    const difference = firstDifference(saved, now);
    return difference === null ? { kind: 'identical', now } : { kind: 'different', difference, now };
  }
}

/** The saved settings, with the range that was really tested: what was left open then would mean another one today. */
export function configOf({ config, manifest }: BacktestResult, { cacheDir, offline }: ReplaySource): BotConfig {
  const section = (name: string): Record<string, unknown> => (isPlainObject(config[name]) ? config[name] : {});
  const parsed = parseDeclared(BotConfig, {
    ...config,
    backtest: { ...section('backtest'), start: manifest.start_iso, end: manifest.end_iso },
    data: { ...section('data'), ...(cacheDir === undefined ? {} : { cache_dir: cacheDir }), ...(offline === undefined ? {} : { offline }) },
  });
  if (!parsed.ok) throw new ConfigError(parsed.problems, 'The settings in this result cannot be used by this version');
  return parsed.value;
}

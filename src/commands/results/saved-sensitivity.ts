import type { BacktestResult } from '../../backtest/backtest-result.js';
import type { BacktesterService } from '../../backtest/backtester.service.js';
import type { Sensitivity } from '../../backtest/engine/sensitivity.js';
import { configOf } from '../../backtest/replayer.service.js';
import { CandleDataError, ConfigError, StrategyError } from '../../domain/errors.js';

/**
 * What other costs would have made of a saved result: from the very candles of the run, on the disk, and the very strategy.
 *
 * @returns null where they are not there any more
 */
export async function savedSensitivity(saved: BacktestResult, backtester: BacktesterService, nowMs: number): Promise<Sensitivity | null> {
  try {
    const { result, sensitivity } = await backtester.runWithCandles({ config: configOf(saved, { offline: true }), nowMs });
    const same = (['candles_sha256', 'strategy_version', 'strategy_sha256'] as const).every((fact) => (result.manifest[fact] ?? null) === (saved.manifest[fact] ?? null));
    return same ? sensitivity() : null;
  } catch (error) {
    if (error instanceof CandleDataError || error instanceof ConfigError || error instanceof StrategyError) return null;
    throw error;
  }
}

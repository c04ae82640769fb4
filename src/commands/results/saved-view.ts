import type { BacktestResult } from '../../backtest/backtest-result.js';
import { rulesOf } from '../../backtest/backtester.service.js';
import { configOf } from '../../backtest/replayer.service.js';
import { candlesSha256 } from '../../data/candle-hash.js';
import type { DataHandler } from '../../data/data-handler.js';
import { sourceOf } from '../../data/source-of.js';
import { CandleDataError, ConfigError, StrategyError } from '../../domain/errors.js';
import type { BacktestView } from '../../report/html/backtest-page.js';
import { priceView } from '../../report/html/price-view.js';
import type { StrategyRegistry } from '../../strategy/strategy.registry.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';

/**
 * What can be drawn of a saved result besides its own numbers. Its candles are read from the disk, never asked of the exchange, and only
 * the very candles of the run are drawn: others would show entries at prices that never were.
 */
export async function savedView(saved: BacktestResult, data: DataHandler, strategies: StrategyRegistry, nowMs: number): Promise<BacktestView> {
  const { manifest } = saved;
  try {
    const config = configOf(saved, { offline: true });
    const { candles, from } = await data.history({
      symbol: manifest.symbol,
      timeframe: manifest.timeframe,
      source: sourceOf(config),
      fromMs: manifest.start,
      toMs: manifest.end,
      warmupBars: manifest.warmup_bars_needed,
      nowMs,
    });
    const rules = rulesOf(config);
    if (candlesSha256(candles) !== manifest.candles_sha256) return { rules, price: 'The candles on the disk are others than those of this run, so they are not drawn; `results replay` names the first that differs.' };
    return { rules, price: priceView(candles, from, strategyOf(saved, strategies, config.strategy.path)) };
  } catch (error) {
    if (error instanceof CandleDataError) return { rules: null, price: `The candles of this run are not on the disk, so they are not drawn: ${error.message}` };
    if (error instanceof ConfigError) return { rules: null, price: 'The settings of this run are not those of this version, so its candles are not drawn.' };
    throw error;
  }
}

/** null where the strategy is gone, or another version of it would draw other lines. */
function strategyOf({ manifest, params }: BacktestResult, strategies: StrategyRegistry, path: string | undefined): BoundStrategy | null {
  try {
    const strategy = strategies.bindConfigured({ name: manifest.strategy, params, path }, manifest.timeframe);
    const same = strategy.version === manifest.strategy_version && (strategy.sha256 ?? null) === (manifest.strategy_sha256 ?? null);
    return same ? strategy : null;
  } catch (error) {
    if (error instanceof StrategyError) return null;
    throw error;
  }
}

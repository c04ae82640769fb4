import { Injectable } from '@nestjs/common';

import { rangeOf } from '../backtest/backtester.service.js';
import { sourceOf } from '../data/source-of.js';
import type { BotConfig } from '../config/bot-config.js';
import { DataHandler } from '../data/data-handler.js';
import type { Candles } from '../domain/candles.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';

/** A strategy and the candles that something is to be shown on. */
export interface ProofMaterial {
  readonly strategy: BoundStrategy;
  /** Warm-up included; at most `mostBars`, the last ones. */
  readonly candles: Candles;
  /** How many there were. */
  readonly available: number;
}

/** Fetches what a proof is about, as a backtest would. */
@Injectable()
export class ProofCandlesService {
  constructor(
    private readonly data: DataHandler,
    private readonly strategies: StrategyRegistry,
  ) {}

  /** @param name another strategy than the configured one, with its default parameters */
  async load(config: BotConfig, nowMs: number, mostBars: number, name: string | null = null): Promise<ProofMaterial> {
    const { symbol, timeframe } = config;
    const own = name === null || name === config.strategy.name;
    const strategy = this.strategies.bindConfigured({ ...config.strategy, name: name ?? config.strategy.name, params: own ? config.strategy.params : {} }, timeframe);
    const { fromMs, toMs } = rangeOf(config, nowMs);
    const { candles } = await this.data.history({ symbol, timeframe, source: sourceOf(config), fromMs, toMs, warmupBars: strategy.warmupBars, nowMs });
    const kept = candles.length > mostBars ? candles.slice(candles.length - mostBars) : candles;
    return { strategy, candles: kept, available: candles.length };
  }

  /** Every strategy that there is, with those of the settings' folder. */
  names({ strategy }: BotConfig): string[] {
    this.strategies.load(strategy.path);
    return this.strategies.names();
  }
}

import { Test } from '@nestjs/testing';

import { BacktestModule } from '../../src/backtest/backtest.module.js';
import type { BacktestResult } from '../../src/backtest/backtest-result.js';
import { BacktesterService, rulesOf } from '../../src/backtest/backtester.service.js';
import { resolveConfig } from '../../src/config/resolve-config.js';
import { backtestPage } from '../../src/report/html/backtest-page.js';
import type { PageModel } from '../../src/report/html/page-model.js';
import { priceView } from '../../src/report/html/price-view.js';
import { StrategyModule } from '../../src/strategy/strategy.module.js';
import { StrategyRegistry } from '../../src/strategy/strategy.registry.js';

export interface Demo {
  readonly result: BacktestResult;
  readonly page: PageModel;
}

/** A year of hours on the built-in market, and its page. */
export async function demoPage(settings: Record<string, unknown> = {}): Promise<Demo> {
  const app = await Test.createTestingModule({ imports: [BacktestModule, StrategyModule] }).compile();
  await app.init();
  const { config } = resolveConfig({ name: 'test', settings: { data: { source: 'built-in' }, ...settings } }, {}, []);
  const { result, candles } = await app.get(BacktesterService).runWithCandles({ config, nowMs: Date.UTC(2026, 0, 1) });
  const strategy = app.get(StrategyRegistry).bind(config.strategy.name, config.strategy.params);
  const page = backtestPage(result, { rules: rulesOf(config), price: priceView(candles, result.manifest.warmup_bars, strategy) });
  await app.close();
  return { result, page };
}

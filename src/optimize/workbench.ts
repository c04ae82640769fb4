import { rangeOf, rulesOf } from '../backtest/backtester.service.js';
import type { TradingRules } from '../backtest/engine/simulate.js';
import type { BotConfig } from '../config/bot-config.js';
import { candlesSha256 } from '../data/candle-hash.js';
import type { DataHandler } from '../data/data-handler.js';
import { sourceOf } from '../data/source-of.js';
import type { Candles } from '../domain/candles.js';
import { Random } from '../domain/random.js';
import { loadKernel } from '../kernels/load-kernel.js';
import { sweepOn } from '../kernels/load-sweep.js';
import type { RegisteredStrategy, StrategyRegistry } from '../strategy/strategy.registry.js';
import { declaredSpace } from './space/declared-space.js';
import type { SearchSpace } from './space/search-space.js';
import type { SpaceText } from './space/space-text.js';
import { LocalEvaluator, type Evaluator } from './sweep/evaluator.js';
import { SweepPool } from './sweep/sweep-pool.js';
import type { Binder } from './sweep/trial-runner.js';

/** Everything that a search or a walk-forward needs, before the first trial. */
export interface Workbench {
  readonly strategy: RegisteredStrategy;
  readonly space: SearchSpace;
  /** From the warm-up on. */
  readonly candles: Candles;
  readonly candlesSha256: string;
  /** Row of the first tested candle. */
  readonly from: number;
  /** Bars of warm-up that the widest parameters ask for. */
  readonly warmupBars: number;
  readonly rules: TradingRules;
  readonly realData: boolean;
  readonly evaluator: Evaluator;
}

export interface WorkbenchRequest {
  readonly config: BotConfig;
  readonly nowMs: number;
  readonly space: SpaceText | null;
  /** Threads; 1 works in this one. */
  readonly workers: number;
  /** Whether the objective needs the shape of the daily returns. */
  readonly withPsr: boolean;
}

/** Points that are asked for their warm-up. */
const WARMUP_DRAWS = 500;

/**
 * Fetches candles for every parameter set of a space, and sets up who runs the trials.
 *
 * @throws ConfigError, StrategyError, CandleDataError, ExchangeError. The caller closes the evaluator.
 */
export async function prepareWorkbench(data: DataHandler, strategies: StrategyRegistry, { config, nowMs, space: text, workers, withPsr }: WorkbenchRequest): Promise<Workbench> {
  const { symbol, timeframe } = config;
  const { name, params, path } = config.strategy;
  strategies.load(path);
  const strategy = strategies.get(name);
  const space = declaredSpace(strategy.params, params, text);
  const bind: Binder = (set) => strategies.bind(name, set, timeframe);
  const warmupBars = mostWarmup(space, bind);
  const { fromMs, toMs } = rangeOf(config, nowMs);
  const source = sourceOf(config);
  const { candles, from } = await data.history({ symbol, timeframe, source, fromMs, toMs, warmupBars, nowMs });
  const rules = rulesOf(config);
  const ground = { candles, rules, withPsr };
  const evaluator = workers > 1 ? SweepPool.start(workers, ground, { name, path }) : new LocalEvaluator(ground, bind, { kernel: loadKernel(), sweepOn });
  return { strategy, space, candles, candlesSha256: candlesSha256(candles), from, warmupBars, rules, realData: source.kind === 'exchange', evaluator };
}

/** The longest warm-up of the space, as far as its corner and many draws show it. */
function mostWarmup(space: SearchSpace, bind: Binder): number {
  const random = new Random(0);
  const corner = space.at(space.dimensions.map(() => 1 - Number.EPSILON));
  const points = [corner, ...Array.from({ length: WARMUP_DRAWS }, () => space.draw(random))].filter((point) => space.accepts(point));
  return points.reduce((most, point) => Math.max(most, bind(space.params(point)).warmupBars), 0);
}

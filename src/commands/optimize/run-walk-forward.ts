import type { WalkForwardPlan } from '../../backtest/engine/luck/walk-forward.js';
import type { BotConfig } from '../../config/bot-config.js';
import type { DataHandler } from '../../data/data-handler.js';
import { mixSeeds } from '../../domain/random.js';
import { parseFigure, type Objective } from '../../optimize/objective.js';
import { chooseSampler } from '../../optimize/samplers/choose-sampler.js';
import { parseSpaceText } from '../../optimize/space/space-text.js';
import { walkForward, type WalkForwardResult } from '../../optimize/walk-forward/walk-forward.js';
import { prepareWorkbench, type Workbench } from '../../optimize/workbench.js';
import type { StrategyRegistry } from '../../strategy/strategy.registry.js';
import { ProgressLine, type ProgressTarget } from '../progress-line.js';
import type { SearchSettings } from './search-flags.js';
import { planOf } from './walk-forward-flags.js';

export interface WalkForwardOutcome {
  readonly bench: Workbench;
  readonly plan: WalkForwardPlan;
  readonly objective: Objective;
  readonly method: string;
  readonly settings: SearchSettings;
  /** Null when it was stopped before the first window was done. */
  readonly result: WalkForwardResult | null;
  readonly windows: number;
  readonly elapsedMs: number;
}

export interface WalkForwardTask {
  readonly config: BotConfig;
  readonly settings: SearchSettings;
  readonly options: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
  readonly progress: ProgressTarget;
  readonly isStopped: () => boolean;
}

export async function runWalkForward(data: DataHandler, strategies: StrategyRegistry, { config, settings, options, nowMs, progress: target, isStopped }: WalkForwardTask): Promise<WalkForwardOutcome> {
  const { limits, trials, seed, workers, method } = settings;
  const objective: Objective = { figure: parseFigure(settings.objective), limits };
  const space = settings.space === null ? null : parseSpaceText(settings.space);
  const bench = await prepareWorkbench(data, strategies, { config, nowMs, space, workers, withPsr: objective.figure === 'psr' });
  try {
    const { candles, from, rules, evaluator } = bench;
    const plan = planOf(options, candles.length - from, candles.timeframeMs);
    const chosen = chooseSampler(bench.space, method, trials, seed);
    const startedMs = Date.now();
    const progress = new ProgressLine('walk-forward', 'windows', target, Date.now);
    let windows = 0;
    const result = await walkForward({
      candles,
      from,
      rules,
      space: bench.space,
      objective,
      plan,
      trials,
      sampler: (window) => chooseSampler(bench.space, chosen.method, trials, mixSeeds(seed, window)),
      evaluator,
      bind: (params) => strategies.bind(bench.strategy.name, params, config.timeframe),
      isStopped,
      onWindow: (done, total) => {
        windows = total;
        progress.update({ done, total, items: done });
      },
    });
    const elapsedMs = Date.now() - startedMs;
    progress.end(`${result?.windows.length ?? 0} of ${windows} windows`);
    return { bench, plan, objective, method: chosen.method, settings, result, windows, elapsedMs };
  } finally {
    await bench.evaluator.close();
  }
}

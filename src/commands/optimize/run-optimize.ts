import { join } from 'node:path';

import type { BotConfig } from '../../config/bot-config.js';
import type { DataHandler } from '../../data/data-handler.js';
import { isoTime } from '../../domain/instant.js';
import { ENGINE_VERSION } from '../../backtest/engine-version.js';
import { plateauAround } from '../../optimize/honesty/plateau.js';
import { parseFigure, type Objective } from '../../optimize/objective.js';
import { chooseSampler, type ChosenSampler } from '../../optimize/samplers/choose-sampler.js';
import { parseSpaceText } from '../../optimize/space/space-text.js';
import { runStudy, splitRows, type Study, type StudyRows } from '../../optimize/study.js';
import { prepareWorkbench, type Workbench } from '../../optimize/workbench.js';
import type { StrategyRegistry } from '../../strategy/strategy.registry.js';
import type { ProgressTarget } from '../progress-line.js';
import type { SearchSettings } from './search-flags.js';
import { SearchJournal, type Fingerprint } from './search-journal.js';
import { SearchProgress } from './search-progress.js';
import { SearchTries } from './search-tries.js';

export interface OptimizeRequest {
  readonly config: BotConfig;
  readonly settings: SearchSettings;
  /** Share of the time that is held out at its end. */
  readonly holdout: number;
  /** Journal of a search to go on with. */
  readonly resume: string | null;
  readonly nowMs: number;
  readonly progress: ProgressTarget;
  readonly isStopped: () => boolean;
  /** Where to say what does not stop the search. */
  readonly tell: (problem: string) => void;
}

export interface OptimizeOutcome {
  readonly bench: Workbench;
  readonly rows: StudyRows;
  readonly objective: Objective;
  readonly chosen: ChosenSampler;
  readonly study: Study;
  readonly fingerprint: Fingerprint;
  readonly elapsedMs: number;
  /** Where to go on; null when the search came to its end. */
  readonly journal: string | null;
}

/** A search from flags to findings; what it finds is on disk after every round, until it comes to its end. */
export async function runOptimize(data: DataHandler, strategies: StrategyRegistry, request: OptimizeRequest): Promise<OptimizeOutcome> {
  const { config, settings, holdout, nowMs, progress: target, isStopped, tell } = request;
  const { trials, seed, limits, workers } = settings;
  const objective: Objective = { figure: parseFigure(settings.objective), limits };
  const space = settings.space === null ? null : parseSpaceText(settings.space);
  const bench = await prepareWorkbench(data, strategies, { config, nowMs, space, workers, withPsr: objective.figure === 'psr' });
  try {
    const rows = splitRows(bench.candles, bench.from, holdout);
    const chosen = chooseSampler(bench.space, settings.method, trials, seed);
    const fingerprint = fingerprintOf(bench, rows, objective, chosen, seed);
    const tries = new SearchTries(config, fingerprint, tell);
    const journal = request.resume === null ? SearchJournal.begin(journalPath(config, nowMs), fingerprint, bench.space) : SearchJournal.resume(request.resume, fingerprint, bench.space);
    const valueOf = (trial: Study['trials'][number]): number | null => trial.figures[objective.figure];
    const total = Math.min(trials, bench.space.count() ?? trials);
    const progress = new SearchProgress({ total, valueOf, aroundOf: (trial, all) => plateauAround(trial.point, bench.space, all, valueOf).median }, target, Date.now);
    const plan = { space: bench.space, sampler: chosen.sampler, objective, trials, round: chosen.round, rows, seed, earlierTrials: tries.earlier() };
    const study = await runStudy(plan, bench.evaluator, {
      known: journal.known,
      isStopped,
      onRound: (all, fresh) => {
        journal.add(fresh);
        progress.update(all);
      },
    });
    progress.end();
    const ended = study.trials.length >= total || !isStopped();
    if (ended) {
      journal.discard();
      tries.add(study.trials, nowMs);
    }
    return { bench, rows, objective, chosen, study, fingerprint, elapsedMs: progress.elapsedMs, journal: ended ? null : journal.path };
  } finally {
    await bench.evaluator.close();
  }
}

function fingerprintOf({ strategy, space, candles, candlesSha256, from, rules }: Workbench, rows: StudyRows, { figure, limits }: Objective, { method, round }: ChosenSampler, seed: number): Fingerprint {
  return {
    format: 1,
    engine_version: ENGINE_VERSION,
    strategy: strategy.name,
    strategy_version: strategy.version,
    strategy_sha256: strategy.sha256 ?? null,
    symbol: candles.symbol,
    timeframe: candles.timeframe,
    candles_sha256: candlesSha256,
    start_iso: isoTime(candles.openTime[from]),
    in_sample_end_iso: isoTime(candles.closeTime(rows.inSample.to - 1)),
    end_iso: isoTime(candles.closeTime(candles.length - 1)),
    rules: { initial_capital: rules.initialCapital, fill: rules.fill, fee_rate: rules.costs.feeRate, fee_from: rules.costs.feeFrom, slippage: rules.costs.slippage, sizing: rules.sizing, lot: rules.lot },
    space: space.dimensions,
    fixed_params: space.fixed,
    method,
    round,
    search_seed: seed,
    objective: figure,
    min_trades: limits.minTrades,
    max_drawdown: limits.maxDrawdown,
  };
}

function journalPath({ storage, strategy }: BotConfig, nowMs: number): string {
  return join(storage.resultsDir, `${fileStem('optimize', strategy.name, nowMs)}.journal.jsonl`);
}

/** `optimize_sma_cross_20240131T120000123Z` */
export function fileStem(what: string, strategy: string, nowMs: number): string {
  return `${what}_${strategy}_${isoTime(nowMs).replace(/[-:]/g, '').replace('.', '')}`;
}

import { judge, type Judgement, type Objective } from './objective.js';
import type { Sampler } from './samplers/sampler.js';
import type { Params, Point, SearchSpace } from './space/search-space.js';
import type { Figures } from './sweep/figures.js';

/** One parameter set that was tried. */
export interface Trial extends Judgement {
  /** From 0, in the order of the proposals. */
  readonly number: number;
  readonly point: Point;
  readonly figures: Figures;
}

export interface SearchPlan {
  readonly space: SearchSpace;
  readonly sampler: Sampler;
  readonly objective: Objective;
  /** Trials to make at most. */
  readonly trials: number;
  /** Points proposed at a time, from what was known before them: a number of its own, so that workers change nothing. */
  readonly round: number;
}

/** What becomes of parameter sets, in their order. */
export type Evaluate = (params: readonly Params[]) => Promise<readonly Figures[]>;

export interface Watch {
  /** Figures that are known from an earlier run of the same search, by `SearchSpace.key`. */
  readonly known?: ReadonlyMap<string, Figures>;
  /** Called after every round, with the trials that are new and those that were known already. */
  readonly onRound?: (all: readonly Trial[], fresh: readonly Trial[]) => void;
  /** Whether to stop before the next round. */
  readonly isStopped?: () => boolean;
}

/**
 * Proposes, evaluates and judges, round by round, until there are enough trials, the space is used up, or it is stopped.
 *
 * @returns all trials in the order of the proposals; the same for the same plan, whoever evaluates
 */
export async function search({ space, sampler, objective, trials, round }: SearchPlan, evaluate: Evaluate, watch: Watch = {}): Promise<Trial[]> {
  const { known, onRound, isStopped } = watch;
  const done: Trial[] = [];
  const mayGoOn = (): boolean => done.length < trials && isStopped?.() !== true;
  while (mayGoOn()) {
    const points = sampler.propose(Math.min(round, trials - done.length), done);
    if (points.length === 0) break;
    const unknown = points.filter((point) => known?.has(space.key(point)) !== true);
    const found = await evaluate(unknown.map((point) => space.params(point)));
    const byKey = new Map(unknown.map((point, k) => [space.key(point), found[k]]));
    const fresh: Trial[] = [];
    for (const point of points) {
      const figures = (byKey.get(space.key(point)) ?? known?.get(space.key(point))) as Figures;
      const trial = { number: done.length, point, figures, ...judge(figures, objective) };
      done.push(trial);
      if (byKey.has(space.key(point))) fresh.push(trial);
    }
    onRound?.(done, fresh);
  }
  return done;
}

/** The best trial that keeps all limits, the first of equals; null when none does. */
export function bestOf(trials: readonly Trial[]): Trial | null {
  let best: Trial | null = null;
  for (const trial of trials) if (trial.violation === 0 && trial.loss < (best?.loss ?? Infinity)) best = trial;
  return best;
}

import type { Candles } from '../domain/candles.js';
import { lessIsBetter } from './objective.js';
import { luckReport, type LuckReport } from './honesty/luck-report.js';
import { plateauAround, type Plateau } from './honesty/plateau.js';
import { verdictOn, type Verdict } from './honesty/verdict.js';
import { bestOf, search, type SearchPlan, type Trial, type Watch } from './search.js';
import type { Params } from './space/search-space.js';
import type { Evaluator, TrialRows } from './sweep/evaluator.js';
import type { Figures } from './sweep/figures.js';

/** Trials whose daily returns are looked at one against the other: the work grows with their square. */
const SAMPLE = 300;

/** Where a search learns, and where what it found is tried once. */
export interface StudyRows {
  readonly inSample: TrialRows;
  /** Null when nothing was held out. */
  readonly outOfSample: TrialRows | null;
}

export interface StudyPlan extends SearchPlan {
  readonly rows: StudyRows;
  readonly seed: number;
  /** Trials of earlier searches on the same strategy and market. */
  readonly earlierTrials: number;
}

export interface Winner {
  readonly trial: Trial;
  readonly params: Params;
  /** The objective's figure. */
  readonly value: number;
  readonly outOfSample: Figures | null;
  readonly plateau: Plateau;
  readonly luck: LuckReport | null;
  readonly verdict: Verdict;
}

export interface Study {
  /** All of them, in the order of the proposals. */
  readonly trials: readonly Trial[];
  /** Null when no trial keeps all limits. */
  readonly winner: Winner | null;
}

/** A search and all that is to be said of its winner. */
export async function runStudy(plan: StudyPlan, evaluator: Evaluator, watch: Watch = {}): Promise<Study> {
  const trials = await search(plan, (params) => evaluator.figures(plan.rows.inSample, params), watch);
  const best = bestOf(trials);
  return { trials, winner: best === null ? null : await winnerOf(best, trials, plan, evaluator) };
}

async function winnerOf(trial: Trial, trials: readonly Trial[], { space, rows, objective, seed, earlierTrials }: StudyPlan, evaluator: Evaluator): Promise<Winner> {
  const params = space.params(trial.point);
  const value = trial.figures[objective.figure] as number;
  const [outOfSample = null] = rows.outOfSample === null ? [] : await evaluator.figures(rows.outOfSample, [params]);
  const sample = sampleOf(trials, trial);
  const sampleReturns = await evaluator.dailyReturns(rows.inSample, sample.map(({ point }) => space.params(point)));
  const luck = luckReport({
    sharpes: trials.map(({ figures }) => figures.sharpe_daily),
    winner: trial.number,
    winnerReturns: sampleReturns[sample.indexOf(trial)],
    sampleReturns,
    earlierTrials,
    seed,
  });
  const plateau = plateauAround(trial.point, space, trials, ({ figures }) => figures[objective.figure]);
  // A plateau is judged by values of which more is better.
  const sign = lessIsBetter(objective.figure) ? -1 : 1;
  const verdict = verdictOn({ luck, plateau: { ...plateau, median: plateau.median === null ? null : sign * plateau.median }, value: sign * value, outOfSample });
  return { trial, params, value, outOfSample, plateau, luck, verdict };
}

/** The winner and others, evenly over the search. */
function sampleOf(trials: readonly Trial[], winner: Trial): Trial[] {
  if (trials.length <= SAMPLE) return [...trials];
  const picked = Array.from({ length: SAMPLE }, (_, k) => trials[Math.floor((k * trials.length) / SAMPLE)]);
  return picked.includes(winner) ? picked : [winner, ...picked.slice(1)];
}

/** @param holdout share of the rows from `from` on that is held out, at the end */
export function splitRows(candles: Candles, from: number, holdout: number): StudyRows {
  const to = candles.length;
  const split = Math.round(to - holdout * (to - from));
  return { inSample: { historyFrom: 0, from, to: split }, outOfSample: split < to ? { historyFrom: 0, from: split, to } : null };
}


import { isoTime } from '../../domain/instant.js';
import { refusal, type Objective } from '../../optimize/objective.js';
import type { LuckReport } from '../../optimize/honesty/luck-report.js';
import type { Plateau } from '../../optimize/honesty/plateau.js';
import { dimensionText } from '../../optimize/space/declared-space.js';
import type { Study, StudyRows, Winner } from '../../optimize/study.js';
import type { FigureName, Figures } from '../../optimize/sweep/figures.js';
import { paramsText } from '../../optimize/trial-record.js';
import type { Workbench } from '../../optimize/workbench.js';
import { count, counted, percent, ratio, signedPercent } from '../../report/numbers.js';
import { duration } from '../progress-line.js';

export interface OptimizeFacts {
  readonly bench: Workbench;
  readonly rows: StudyRows;
  readonly objective: Objective;
  readonly method: string;
  readonly workers: number;
  readonly elapsedMs: number;
  readonly study: Study;
}

const SHARES: ReadonlySet<FigureName> = new Set(['max_drawdown', 'win_rate', 'exposure']);
const RETURNS: ReadonlySet<FigureName> = new Set(['total_return', 'cagr']);
const COUNTS: ReadonlySet<FigureName> = new Set(['closed_trades', 'total_trades']);
const SHOWN: readonly FigureName[] = ['sharpe_daily', 'total_return', 'max_drawdown', 'calmar', 'profit_factor', 'closed_trades'];

export function figureText(name: FigureName, value: number | null): string {
  if (RETURNS.has(name)) return signedPercent(value);
  if (SHARES.has(name)) return percent(value);
  return COUNTS.has(name) && value !== null ? count(value) : ratio(value);
}

/** What a search found and how far to believe it, within 80 columns. */
export function optimizeText(facts: OptimizeFacts): string {
  const { bench, rows, objective, method, workers, elapsedMs, study } = facts;
  const { candles, from, strategy, space, realData, warmupBars } = bench;
  const day = (row: number): string => isoTime(candles.openTime[row]).slice(0, 10);
  const counting = study.trials.filter((trial) => refusal(trial.figures, objective) === null).length;
  const lines = [
    `${strategy.name} on ${candles.symbol} ${candles.timeframe}, ${counted(candles.length - from, 'candle')}${realData ? '' : ', made up'}`,
    ...space.dimensions.map((dimension, d) => `  ${d === 0 ? 'searched   ' : '           '}${dimensionText(dimension)}`),
    `  by         ${method}, ${counted(study.trials.length, 'trial')} in ${duration(elapsedMs)} (${counted(workers, 'thread')}); ${counting} count`,
    `  in sample  ${day(from)} to ${isoTime(candles.closeTime(rows.inSample.to - 1)).slice(0, 10)}${rows.outOfSample === null ? '' : `, held out from ${day(rows.outOfSample.from)} on`}`,
  ];
  if (from < warmupBars) lines.push(`  ! ${counted(from, 'bar')} of warm-up where the longest parameters need ${count(warmupBars)}: they begin to trade later`);
  if (study.winner === null) return [...lines, '', noWinner(study, objective)].join('\n');
  return [...lines, '', ...winnerLines(study.winner, objective), '', ...luckLines(study.winner), '', ...verdictLines(study.winner)].join('\n');
}

function noWinner({ trials }: Study, objective: Objective): string {
  const reasons = new Map<string, number>();
  for (const { figures } of trials) {
    const reason = refusal(figures, objective) ?? '';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return `No parameter set counts: ${[...reasons].map(([reason, times]) => `${times} had ${reason}`).join('; ')}.\nTest a longer time, search a wider space, or ask for less (--min-trades, --max-drawdown).`;
}

function winnerLines({ trial, params, outOfSample }: Winner, { figure }: Objective): string[] {
  const shown = SHOWN.includes(figure) ? SHOWN : [figure, ...SHOWN];
  const line = (name: string, inside: string, outside: string): string => `  ${name.padEnd(15)}${inside.padStart(12)}${outside.padStart(15)}`.trimEnd();
  const cell = (name: FigureName, figures: Figures | null): string => (figures === null ? '' : figureText(name, figures[name]));
  return [
    `Best by ${figure}: ${paramsText(params)}`,
    line('', 'in sample', outOfSample === null ? '' : 'held out'),
    ...shown.map((name) => line(name, cell(name, trial.figures), cell(name, outOfSample))),
  ];
}

function luckLines({ luck, plateau }: Winner): string[] {
  if (luck === null) return ['How much of it is luck: too few daily returns to say'];
  return ['How much of it is luck', ...luckRows(luck).map(([name, value]) => `  ${name.padEnd(22)} ${value}`), `  ${'neighbours'.padEnd(22)} ${plateauText(plateau)}`];
}

function luckRows(luck: LuckReport): [string, string][] {
  const interval = ([low, high]: readonly [number, number], text: (value: number) => string): string => `${text(low)} to ${text(high)}`;
  return [
    ['trials', `${count(luck.trials)}${luck.earlierTrials > 0 ? ` and ${count(luck.earlierTrials)} in earlier searches` : ''}, like ${luck.effectiveTrials.toFixed(1)} independent ones`],
    ['deflated Sharpe', `${share(luck.deflated)} by all trials, ${share(luck.deflatedEffective)} by the independent ones`],
    ['luckiest Sharpe', `${ratio(luck.luckySharpe)} is what the luckiest of them is expected to show`],
    ['Holm p', luck.holmP < 0.001 ? 'below 0.001' : luck.holmP.toFixed(3)],
    ['overfitting (PBO)', luck.pbo === null ? 'too few trials to say' : `${share(luck.pbo)}, from ${count(luck.days)} days and ${count(luck.sampled)} trials`],
    ['90 % interval', `Sharpe ${interval(luck.sharpeInterval, ratio)}; return ${interval(luck.returnInterval, signedPercent)}`],
  ];
}

function share(probability: number): string {
  return `${(probability * 100).toFixed(probability === 1 || (probability < 0.995 && probability >= 0.005) ? 0 : 1)} %`;
}

function plateauText({ neighbours, median, keeping }: Plateau): string {
  if (neighbours === 0) return 'none was tried';
  return `${counted(neighbours, 'neighbour')}, median ${ratio(median)}, ${share(keeping ?? 0)} keep the limits`;
}

function verdictLines({ verdict, params }: Winner): string[] {
  const titles = { none: '', luck: 'Verdict: probably luck.', doubtful: 'Verdict: doubtful.', promising: 'Verdict: promising.' };
  return [titles[verdict.level], ...verdict.sentences.map((sentence) => `  ${sentence}`), '', `  --params '${paramsText(params)}'`];
}

import type { BacktestResult } from '../backtest/backtest-result.js';
import type { Sensitivity } from '../backtest/engine/sensitivity.js';
import { luckOf } from '../backtest/result-luck.js';
import type { TrialFamily } from '../backtest/trial-ledger.js';
import { assumptions, CONVENTION, initialCapital } from './assumptions.js';
import { columnsOf, flow, oneLine, padRight, shorten, wrap } from './columns.js';
import { figuresOf } from './figures.js';
import { heading, metricColumns } from './layout.js';
import { luckSentences } from './luck-text.js';
import { noticesOf, openPositionNotice } from './notices.js';
import { counted, moneyFormat } from './numbers.js';
import { paintWith, type Paint } from './paint.js';
import { paramLegend, paramWords } from './params.js';
import { breakEvenSentence, sensitivityTables, TABLES_CAPTION } from './sensitivity-text.js';
import { equityChart } from './text-chart.js';
import { duration, fullTime } from './times.js';
import { verdict } from './verdict.js';

export interface ReportOptions {
  readonly color: boolean;
  /** Columns that no line exceeds, 40 to 240; 80 by default and where the number is none. */
  readonly width?: number;
  /** Where the result was saved, as the reader may type it. */
  readonly savedTo?: string | null;
  /** How often it was tried; left out where nobody has counted. */
  readonly tries?: TrialFamily | null;
  /** The same signals under other costs; left out where there are no candles to trade them on. */
  readonly sensitivity?: Sensitivity | null;
}

const USUAL_WIDTH = 80;
const NARROWEST = 40;
const WIDEST = 240;
const LONGEST_CURRENCY = 8;

/** A backtest for a person at a terminal: lines without a trailing line break, from the verdict down to the assumptions. */
export function missionReport(result: BacktestResult, options: ReportOptions): string {
  const width = usableWidth(options.width);
  const paint = paintWith(options.color);
  const quote = shorten(oneLine(result.manifest.symbol.split(/[/:]/)[1] ?? ''), LONGEST_CURRENCY);
  const sections = [
    titleSection(result, width, paint),
    verdictSection(result, width, paint),
    paramSection(result, width, paint),
    chartSection(result, quote, width, paint),
    metricSection(result, quote, width, paint),
    luckSection(result, options.tries ?? null, width, paint),
    costSection(options.sensitivity ?? null, width, paint),
    assumptionSection(result, quote, width, paint),
    warningSection(result, width, paint),
    options.savedTo ? wrap(`Saved to ${oneLine(options.savedTo)}`, width) : [],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function usableWidth(asked: number | undefined): number {
  if (asked === undefined || !Number.isFinite(asked) || asked <= 0) return USUAL_WIDTH;
  return Math.min(WIDEST, Math.max(NARROWEST, Math.floor(asked)));
}

function titleSection({ manifest }: BacktestResult, width: number, paint: Paint): string[] {
  const items = [
    oneLine(manifest.strategy),
    oneLine(manifest.symbol),
    manifest.timeframe,
    `${fullTime(manifest.start)} → ${fullTime(manifest.end)}`,
    duration(manifest.end - manifest.start),
    counted(manifest.bars, 'bar'),
  ];
  const title = flow(items.map((item) => shorten(item, width)), ' · ', width).map((line) => paint.heading(line));
  return manifest.real_data ? title : [...title, ...madeUpMarket(width, paint)];
}

/** Bars at both ends, so that it stands out without colour too. */
function madeUpMarket(width: number, paint: Paint): string[] {
  const text = 'THIS MARKET IS MADE UP. No result on it says anything about a real one.';
  const lines = wrap(text, width - 8);
  const longest = Math.max(...lines.map(columnsOf));
  return lines.map((line) => paint.alarm(`███ ${padRight(line, longest)} ███`));
}

/** Broken between clauses where it does not fit on one line. */
function verdictSection({ metrics }: BacktestResult, width: number, paint: Paint): string[] {
  const clauses = verdict(metrics, paint).split(/(?<=[,;]) /);
  return flow(clauses.flatMap((clause) => wrap(clause, width)), ' ', width);
}

function paramSection({ params, manifest }: BacktestResult, width: number, paint: Paint): string[] {
  const label = 'Parameters  ';
  const room = width - label.length;
  const words = paramWords(params, manifest.overridden_params, room);
  const legend = paramLegend(params, manifest.overridden_params);
  const lines = flow(words.length > 0 ? [...words, ...(legend === null ? [] : [legend])] : ['none'], '  ', room);
  return lines.map((line, i) => (i === 0 ? paint.heading('Parameters') + label.slice(-2) : ' '.repeat(label.length)) + line);
}

function chartSection({ equity_curve: curve }: BacktestResult, quote: string, width: number, paint: Paint): string[] {
  const chart = equityChart(curve, width, paint);
  return chart.length > 0 ? [heading(quote === '' ? 'Equity' : `Equity, ${quote}`, width, paint), ...chart] : [];
}

function metricSection(result: BacktestResult, quote: string, width: number, paint: Paint): string[] {
  const money = moneyFormat(quote, initialCapital(result));
  const { returns, risk, trades, costs, footnote } = figuresOf(result, money, paint);
  const open = openPositionNotice(result.trades, quote);
  return [
    ...metricColumns([returns, risk], [trades, costs], width, paint),
    ...(footnote === null ? [] : wrap(footnote, width)),
    ...(open === null ? [] : wrap(open, width)),
  ];
}

function luckSection(result: BacktestResult, tries: TrialFamily | null, width: number, paint: Paint): string[] {
  const sentences = luckSentences(luckOf(result, tries));
  return sentences.length > 0 ? [heading('Luck', width, paint), ...sentences.flatMap((sentence) => wrap(sentence, width))] : [];
}

function costSection(sensitivity: Sensitivity | null, width: number, paint: Paint): string[] {
  if (sensitivity === null) return [];
  const tables = sensitivity.breakEven.kind === 'no_trades' ? [] : sensitivityTables(sensitivity, width, paint);
  return [heading('Total return under other costs', width, paint), ...wrap(breakEvenSentence(sensitivity), width), ...(tables.length > 0 ? [...wrap(TABLES_CAPTION, width), ...tables] : [])];
}

function assumptionSection(result: BacktestResult, quote: string, width: number, paint: Paint): string[] {
  return [heading('Assumptions', width, paint), ...wrap(assumptions(result.config, result.manifest.fill, quote), width), ...wrap(CONVENTION, width)];
}

function warningSection(result: BacktestResult, width: number, paint: Paint): string[] {
  const notices = noticesOf(result);
  if (notices.length === 0) return [];
  return [heading('Warnings', width, paint), ...notices.flatMap((notice) => wrap(notice, width, '! '))];
}

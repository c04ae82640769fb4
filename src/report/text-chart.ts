import { axisFor, type Axis } from './axis.js';
import { BrailleCanvas, DOTS_ACROSS, DOTS_DOWN } from './braille.js';
import { columnsOf, padLeft, shorten } from './columns.js';
import { decimate } from './decimate.js';
import { percent } from './numbers.js';
import type { Paint } from './paint.js';
import { timeWithin } from './times.js';

export interface CurvePoint {
  readonly time: number;
  readonly equity: number;
}

const MOST_ROWS = 9;
/** One for each label. */
const FALL_ROWS = 2;
const FALL_CAPTION = '── fall from the highest equity so far ';
/** Where a curve begins, drawn through the empty part of the chart. */
const START_LINE = '┈';
/** Differences of what is larger, and quotients of what is smaller, would leave the range of numbers. */
const LARGEST = 1e300;
const SMALLEST = 1e-300;

/**
 * The equity over time and, beneath it on the same dates, how far it is below its highest point so far; without the second part
 * where it never falls.
 *
 * @param curve one point per bar
 * @param width columns, at least 40
 * @returns no lines for an empty curve
 */
export function equityChart(curve: readonly CurvePoint[], width: number, paint: Paint): string[] {
  const equity = finiteEquity(curve);
  if (equity.length === 0) return [];
  const axis = axisFor(smallest(equity), largest(equity), MOST_ROWS);
  const falls = fallsOf(equity);
  const fallLabels = fallLabelsOf(falls);
  const gutter = Math.max(...[...axis.labels, ...fallLabels].map(columnsOf));
  const columns = width - gutter - 2;
  const dates = dateMarks(curve, columns);
  const lines = equityRows(equity, axis, columns).map((dots, row) => framed(axis.labels[row], dots, gutter));
  if (fallLabels.length > 0) {
    lines.push(
      framed('', shorten(FALL_CAPTION, columns).padEnd(columns, '─'), gutter, '├'),
      ...fallRows(falls, columns).map((dots, row) => framed(fallLabels[row], paint.bad(dots), gutter)),
    );
  }
  return [...lines, framed('', dates.ticks, gutter, '└'), `${' '.repeat(gutter + 2)}${dates.labels}`.trimEnd()];
}

function framed(label: string, content: string, gutter: number, edge = label === '' ? '│' : '┤'): string {
  return `${padLeft(label, gutter)} ${edge}${content}`.trimEnd();
}

/** The curve as numbers; what is not finite repeats the point before it or, at the beginning, the first one that is. */
function finiteEquity(curve: readonly CurvePoint[]): Float64Array {
  const first = curve.find((point) => Number.isFinite(point.equity));
  if (first === undefined) return new Float64Array();
  const equity = new Float64Array(curve.length);
  let known = drawable(first.equity);
  for (let i = 0; i < curve.length; i++) {
    if (Number.isFinite(curve[i].equity)) known = drawable(curve[i].equity);
    equity[i] = known;
  }
  return equity;
}

function drawable(value: number): number {
  return Math.abs(value) < SMALLEST ? 0 : Math.min(LARGEST, Math.max(-LARGEST, value));
}

/** 1 - equity / highest so far, [0, 1]: what is lost beyond everything does not make the strip deeper. */
function fallsOf(equity: Float64Array): Float64Array {
  const falls = new Float64Array(equity.length);
  let highest = 0;
  for (let i = 0; i < equity.length; i++) {
    highest = Math.max(highest, equity[i]);
    falls[i] = highest > 0 ? Math.min(1, 1 - equity[i] / highest) : 0;
  }
  return falls;
}

function equityRows(equity: Float64Array, axis: Axis, columns: number): string[] {
  const canvas = new BrailleCanvas(columns, axis.rows);
  // The middle of a row is between its second and its third dot.
  const dotOf = (value: number): number => Math.round((axis.rowOf(value) + 0.5) * DOTS_DOWN - 0.5);
  const { low, high } = decimate(equity, columns * DOTS_ACROSS);
  let [lastTop, lastBottom] = [dotOf(high[0]), dotOf(low[0])];
  for (let x = 0; x < low.length; x++) {
    // Reach to the stroke before this one, or the line falls apart where it is steep.
    const top = Math.min(dotOf(high[x]), lastBottom + 1);
    const bottom = Math.max(dotOf(low[x]), lastTop - 1);
    canvas.stroke(x, top, bottom);
    [lastTop, lastBottom] = [dotOf(high[x]), dotOf(low[x])];
  }
  const startRow = Math.floor(dotOf(equity[0]) / DOTS_DOWN);
  return Array.from({ length: axis.rows }, (_, row) => canvas.row(row, row === startRow ? START_LINE : ' '));
}

/** Of the highest and the lowest row of the strip; none where the deepest fall would read as zero. */
function fallLabelsOf(falls: Float64Array): string[] {
  const deepest = percent(largest(falls));
  return deepest === percent(0) ? [] : ['0 %', `-${deepest}`];
}

/** Filled from above; the deepest fall reaches the lowest dot. */
function fallRows(falls: Float64Array, columns: number): string[] {
  const canvas = new BrailleCanvas(columns, FALL_ROWS);
  const deepest = largest(falls);
  const { high } = decimate(falls, columns * DOTS_ACROSS);
  for (let x = 0; x < high.length; x++) {
    canvas.stroke(x, 0, Math.round((high[x] / deepest) * FALL_ROWS * DOTS_DOWN) - 1);
  }
  return Array.from({ length: FALL_ROWS }, (_, row) => canvas.row(row));
}

/** Evenly spread dates, each under a tick; the first and the last are those of the curve's ends. */
function dateMarks(curve: readonly CurvePoint[], columns: number): { ticks: string; labels: string } {
  const last = curve.length - 1;
  const textAt = (point: number): string => timeWithin(curve[last].time - curve[0].time, curve[point].time);
  const marks = Math.min(curve.length, Math.max(2, Math.floor(columns / 17)));
  const ticks = Array.from({ length: columns }, () => '─');
  let labels = '';
  for (let mark = 0; mark < marks; mark++) {
    const share = marks > 1 ? mark / (marks - 1) : 0;
    const column = Math.round(share * (columns - 1));
    const text = textAt(Math.round(share * last));
    ticks[column] = '┬';
    const from = Math.min(columns - text.length, Math.max(0, column - Math.floor(text.length / 2)));
    labels = labels.padEnd(from) + text;
  }
  return { ticks: ticks.join(''), labels };
}

function smallest(values: Float64Array): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}

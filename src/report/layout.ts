import { columnsOf, padLeft, padRight, shorten } from './columns.js';
import type { Paint } from './paint.js';

/** One figure of a group. */
export interface Row {
  readonly label: string;
  /** May be painted. */
  readonly value: string;
}

export interface Group {
  readonly title: string;
  readonly rows: readonly Row[];
}

const GUTTER = 4;
/** Wider columns would put a figure too far from its label. */
const WIDEST_COLUMN = 46;
const NARROWEST_COLUMN = 34;

/** A title and a rule up to the end of the line. */
export function heading(title: string, width: number, paint: Paint): string {
  const shown = shorten(title, width);
  const rest = width - columnsOf(shown) - 1;
  return rest > 0 ? `${paint.heading(shown)} ${'─'.repeat(rest)}` : paint.heading(shown);
}

/** Groups under one another in two columns, or in one where two do not fit. */
export function metricColumns(left: readonly Group[], right: readonly Group[], width: number, paint: Paint): string[] {
  const column = Math.min(WIDEST_COLUMN, Math.floor((width - GUTTER) / 2));
  if (column < NARROWEST_COLUMN) return stacked([...left, ...right], Math.min(width, WIDEST_COLUMN), paint);
  return sideBySide(stacked(left, column, paint), stacked(right, column, paint), column);
}

function stacked(groups: readonly Group[], width: number, paint: Paint): string[] {
  return groups.flatMap(({ title, rows }, i) => [
    ...(i > 0 ? [''] : []),
    heading(title, width, paint),
    ...rows.map((row) => metricLine(row, width)),
  ]);
}

/** Label to the left, value to the right; where both do not fit, the label gives way first. */
function metricLine({ label, value }: Row, width: number): string {
  const figure = shorten(value, width);
  const room = width - columnsOf(figure);
  const name = room > 1 ? shorten(label, room - 1) : '';
  return name + padLeft(figure, width - columnsOf(name));
}

function sideBySide(left: readonly string[], right: readonly string[], column: number): string[] {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, i) => `${padRight(left[i] ?? '', column + GUTTER)}${right[i] ?? ''}`.trimEnd());
}

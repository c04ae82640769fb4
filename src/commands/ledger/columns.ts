import { compare, isDecimal, rounded, ZERO, type DecimalText } from '../../domain/decimal.js';
import { isoTime } from '../../domain/instant.js';
import { columnsOf, oneLine, padLeft, padRight, shorten } from '../../report/columns.js';

export type Value = string | number | null | object;

/** One column of a list: what machines get, and what people get. */
export interface Column<R> {
  /** As a user spells it: `executed_at`. */
  readonly name: string;
  /** In JSON and CSV; every digit. */
  readonly value: (row: R) => Value;
  /** In the table; left out where the table has no such column. */
  readonly cell?: (row: R) => string;
  readonly title?: string;
  readonly align?: 'left' | 'right';
  /** Where all rows say the same, it is said once above the table. */
  readonly shared?: true;
  /** Cut first where a line is too long. */
  readonly flexible?: true;
}

export const TABLE_WIDTH = 80;
/** Narrower than this a column says nothing any more. */
const LEAST_WIDTH = 5;

/** Aligned columns of at most 80 characters a line; where they would be wider, gaps are narrowed and texts are cut. */
export function table<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  const visible = columns.filter(({ cell }) => cell !== undefined);
  const common = visible.filter(({ shared, cell }) => shared === true && new Set(rows.map((row) => cell?.(row))).size === 1);
  const shown = visible.filter((column) => !common.includes(column));
  const lines = [shown.map(({ name, title }) => title ?? name), ...rows.map((row) => shown.map(({ cell }) => oneLine(cell?.(row) ?? '')))];
  const widths = shown.map((_, c) => Math.max(...lines.map((line) => columnsOf(line[c]))));
  const gap = widthOf(widths, 2) <= TABLE_WIDTH ? 2 : 1;
  narrow(widths, gap, (c) => shown[c].flexible === true);
  narrow(widths, gap, (c) => shown[c].align !== 'right');
  const texts = lines.map((line) =>
    line
      .map((cell, c) => (shown[c].align === 'right' ? padLeft(cell, widths[c]) : padRight(shorten(cell, widths[c]), widths[c])))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
  return [...common.map(({ name, title, cell }) => `${title ?? name}: ${cell?.(rows[0]) ?? ''}`), ...texts].join('\n');
}

function widthOf(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);
}

/** Takes from the widest of the columns that may be cut, until the line fits or nothing is left to take. */
function narrow(widths: number[], gap: number, mayCut: (column: number) => boolean): void {
  while (widthOf(widths, gap) > TABLE_WIDTH) {
    const cuttable = widths.flatMap((width, c) => (mayCut(c) && width > LEAST_WIDTH ? [c] : []));
    if (cuttable.length === 0) return;
    widths[cuttable.reduce((a, b) => (widths[b] > widths[a] ? b : a))]--;
  }
}

export function csv<R>(rows: readonly R[], columns: readonly Column<R>[]): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => csvCell(value(row))))];
  return `${lines.map((line) => line.join(',')).join('\n')}\n`;
}

export function jsonRows<R>(rows: readonly R[], columns: readonly Column<R>[]): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ name, value }) => [name, value(row)])));
}

/** A spreadsheet takes what begins with one of these for a formula, and would run it. */
const FORMULA = /^[=+\-@\t\r]/;

export function csvCell(value: Value): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = FORMULA.test(text) && !isDecimal(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** `24-01-31 12:30`, UTC */
export function briefTime(ms: number | null): string {
  return ms === null ? '' : isoTime(ms).slice(2, 16).replace('T', ' ');
}

/** As many digits as a table has room for: about six that count. */
export function brief(amount: DecimalText | null): string {
  if (amount === null) return '';
  const [whole, fraction = ''] = amount.replace('-', '').split('.');
  const zeros = fraction.length - fraction.replace(/^0+/, '').length;
  const places = whole === ZERO ? Math.min(8, zeros + 5) : Math.max(2, 6 - whole.length);
  const text = rounded(amount, places);
  return text === ZERO && compare(amount, ZERO) !== 0 ? '~0' : text;
}

/** `45 s`, `12 m`, `6 h`, `3 d` */
export function briefSpan(ms: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
  ] as const;
  const [length, unit] = units.find(([size]) => ms >= 2 * size) ?? units[3];
  return `${Math.floor(ms / length)} ${unit}`;
}

/** `+12.5`, `-3` */
export function briefSigned(amount: DecimalText): string {
  const text = brief(amount);
  return compare(amount, ZERO) > 0 ? `+${text}` : text;
}

/** `0.42 USDT, 0.001 BNB` */
export function feesText(fees: Readonly<Record<string, DecimalText>>): string {
  return Object.entries(fees)
    .map(([asset, amount]) => `${brief(amount)} ${asset}`)
    .join(', ');
}

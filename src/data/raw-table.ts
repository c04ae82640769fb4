import { parseInstant } from '../domain/instant.js';
import { COLUMN_NAMES } from './candle-rows.js';

/** One line of a foreign file as six numbers; NaN where there is none. */
export interface RawRow {
  /** 1-based line of the file. */
  readonly line: number;
  /** As it stands there: seconds, milliseconds or microseconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export interface RawTable {
  readonly rows: readonly RawRow[];
  /** Lines that are no candle, with the reason. */
  readonly unreadable: readonly { readonly line: number; readonly reason: string }[];
}

/** Which column of a foreign file holds what: a header's name, or a number counted from 1. */
export type ColumnMap = Readonly<Partial<Record<(typeof COLUMN_NAMES)[number], string>>>;

/** Names under which other people's files keep what we call by the first one. */
const ALIASES: Readonly<Record<(typeof COLUMN_NAMES)[number], readonly string[]>> = {
  timestamp: ['timestamp', 'time', 'date', 'datetime', 'open_time', 'open time', 'opentime', 'unix'],
  open: ['open', 'o'],
  high: ['high', 'h'],
  low: ['low', 'l'],
  close: ['close', 'c'],
  volume: ['volume', 'vol', 'v', 'volume btc', 'base_volume'],
};

/** A decimal number; foreign files may use exponents, as pandas does for small volumes. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads what somebody else wrote, as far as it can be read, and remembers what cannot: with our header, with another one, or
 * without any (the exchange's archives: open time, open, high, low, close, volume and more).
 *
 * @throws Error when a mapped column is not there
 */
export function readRawTable(text: string, map: ColumnMap = {}): RawTable {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = Math.max(0, lines.findIndex((line) => line.trim() !== ''));
  const separator = separatorOf(lines[first]);
  const header = headerOf(lines[first], separator);
  const columns = columnsOf(header, map);
  const rows: RawRow[] = [];
  const unreadable: { line: number; reason: string }[] = [];
  for (let i = header === null ? first : first + 1; i < lines.length; i++) {
    if (lines[i].trim() === '') continue;
    const cells = lines[i].split(separator);
    const row = toRow(i + 1, cells, columns);
    if (typeof row === 'string') unreadable.push({ line: i + 1, reason: row });
    else rows.push(row);
  }
  return { rows, unreadable };
}

function toRow(line: number, cells: readonly string[], columns: readonly number[]): RawRow | string {
  const values: number[] = [];
  for (const [c, column] of columns.entries()) {
    const cell = unquote(cells[column] ?? '');
    const value = c === 0 ? timeOf(cell) : NUMBER.test(cell) ? Number(cell) : NaN;
    if (!Number.isFinite(value)) return `${COLUMN_NAMES[c]} is ${cell === '' ? 'missing' : `"${cell.slice(0, 40)}"`}`;
    values.push(value);
  }
  const [time, open, high, low, close, volume] = values;
  return { line, time, open, high, low, close, volume };
}

function timeOf(cell: string): number {
  if (NUMBER.test(cell)) return Number(cell);
  return parseInstant(cell.replace(/ ?UTC$/, '').replace(' ', 'T')) ?? NaN;
}

function headerOf(line: string, separator: string): readonly string[] | null {
  const cells = line.split(separator).map(unquote);
  return Number.isFinite(timeOf(cells[0])) ? null : cells;
}

function columnsOf(header: readonly string[] | null, map: ColumnMap): number[] {
  return COLUMN_NAMES.map((name, position) => {
    const wanted = map[name];
    if (wanted !== undefined && /^\d+$/.test(wanted)) return Number(wanted) - 1;
    if (header === null) {
      if (wanted !== undefined) throw new Error(`the file has no header; name column ${name} by its number, was "${wanted}"`);
      return position;
    }
    const names = header.map((cell) => cell.toLowerCase());
    const candidates = wanted === undefined ? ALIASES[name] : [wanted.toLowerCase()];
    const found = candidates.map((candidate) => names.indexOf(candidate)).find((index) => index >= 0);
    if (found !== undefined) return found;
    throw new Error(`there is no column for ${name}; the header is "${header.join(',').slice(0, 200)}"`);
  });
}

function separatorOf(line: string): string {
  return [',', ';', '\t'].find((candidate) => line.split(candidate).length >= 6) ?? ',';
}

function unquote(cell: string): string {
  const trimmed = cell.trim();
  return trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
}

import { CandleDataError } from '../domain/errors.js';
import { COLUMN_NAMES, columnsOf, emptyRows, sliceRows, type CandleRows } from './candle-rows.js';

export const CSV_HEADER = COLUMN_NAMES.join(',');

const COMMA = 44;
const DOT = 46;
const ZERO = 48;
const NEWLINE = 10;
const RETURN = 13;
/** Mantissas of this many digits are exact integers in a double, and so one division gives the nearest double. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);

/**
 * The candles of a CSV text: header `timestamp,open,high,low,close,volume`, times in epoch milliseconds, decimals without
 * exponent. Only the form is checked here; `checkRows` judges what the numbers say.
 *
 * A loop over bytes, as no general reader comes near it: the mantissa is gathered as an integer and divided once, which gives the
 * same double as `Number()` would.
 *
 * @throws CandleDataError naming file, line and column
 */
export function parseCandleCsv(bytes: Uint8Array, file: string): CandleRows {
  const end = bytes.length;
  let at = checkHeader(bytes, file);
  const capacity = countLines(bytes, at);
  const rows = emptyRows(capacity);
  const columns = columnsOf(rows);
  let row = 0;
  while (at < end) {
    if (isBlankRest(bytes, at)) break;
    for (let c = 0; c < 6; c++) {
      const start = at;
      let mantissa = 0;
      let digits = 0;
      let decimals = -1;
      let byte = at < end ? bytes[at] : NEWLINE;
      for (; byte !== COMMA && byte !== NEWLINE && byte !== RETURN; byte = ++at < end ? bytes[at] : NEWLINE) {
        const digit = byte - ZERO;
        if (digit >= 0 && digit <= 9) {
          mantissa = mantissa * 10 + digit;
          if (mantissa > 0) digits++;
          if (decimals >= 0) decimals++;
        } else if (byte === DOT && decimals < 0 && at > start) {
          decimals = 0;
        } else {
          throw badField(bytes, start, file, row, c);
        }
      }
      if (at === start || decimals === 0) throw badField(bytes, start, file, row, c);
      if (byte === COMMA ? c === 5 : c < 5) throw badWidth(file, row, c, byte === COMMA);
      columns[c][row] = digits <= EXACT_DIGITS && decimals <= 22 ? (decimals > 0 ? mantissa / POWERS[decimals] : mantissa) : Number(textAt(bytes, start, at));
      // A return that no newline follows would hide the byte after it.
      if (byte === RETURN && ++at < end && bytes[at] !== NEWLINE) throw new CandleDataError('DATA.FILE', `${place(file, row, c)} is followed by a carriage return without a newline`);
      at++;
    }
    row++;
  }
  return row === capacity ? rows : sliceRows(rows, 0, row);
}

/** The candles as a CSV text; `parseCandleCsv` gives them back bit for bit. */
export function formatCandleCsv(rows: CandleRows): string {
  const lines: string[] = Array.from({ length: rows.openTime.length + 1 });
  lines[0] = CSV_HEADER;
  const { openTime, open, high, low, close, volume } = rows;
  for (let i = 0; i < openTime.length; i++) {
    lines[i + 1] = `${openTime[i]},${plain(open[i])},${plain(high[i])},${plain(low[i])},${plain(close[i])},${plain(volume[i])}`;
  }
  lines.push('');
  return lines.join('\n');
}

/** Shortest decimal that reads back as the same double, without exponent. */
export function plain(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa, exponent] = text.split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  if (shift < 0) return `0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return `${whole}${fraction.padEnd(shift, '0')}`;
}

function checkHeader(bytes: Uint8Array, file: string): number {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const newline = bytes.indexOf(NEWLINE, start);
  const end = newline < 0 ? bytes.length : newline;
  const header = textAt(bytes, start, Math.min(end, start + 300)).trim();
  if (header !== CSV_HEADER) {
    const names = header.split(',');
    const column = COLUMN_NAMES.findIndex((name, c) => names[c] !== name);
    throw new CandleDataError('DATA.FILE', `${file}, line 1, column ${column < 0 ? 7 : column + 1}: the header must be "${CSV_HEADER}", was "${header.slice(0, 100)}"`);
  }
  return Math.min(end + 1, bytes.length);
}

function countLines(bytes: Uint8Array, from: number): number {
  let count = 1;
  for (let at = bytes.indexOf(NEWLINE, from); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

function isBlankRest(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== NEWLINE && bytes[at] !== RETURN) return false;
  for (let i = at; i < bytes.length; i++) if (bytes[i] !== NEWLINE && bytes[i] !== RETURN) return false;
  return true;
}

function badField(bytes: Uint8Array, start: number, file: string, row: number, column: number): CandleDataError {
  let end = start;
  while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== NEWLINE && bytes[end] !== RETURN && end - start < 60) end++;
  const expected = column === 0 ? 'a whole number of milliseconds' : 'a decimal number without sign and exponent';
  return new CandleDataError('DATA.FILE', `${place(file, row, column)} must be ${expected}, was "${textAt(bytes, start, end)}"`);
}

function badWidth(file: string, row: number, column: number, tooLong: boolean): CandleDataError {
  const message = tooLong ? 'has more than 6 fields' : `ends after ${column + 1} of 6 fields`;
  return new CandleDataError('DATA.FILE', `${file}, line ${row + 2}, column ${column + 1} (${COLUMN_NAMES[column]}): the row ${message}`);
}

/** Row 0 stands on line 2, under the header. */
export function place(file: string, row: number, column: number): string {
  return `${file}, line ${row + 2}, column ${column + 1}: ${COLUMN_NAMES[column]}`;
}

function textAt(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}

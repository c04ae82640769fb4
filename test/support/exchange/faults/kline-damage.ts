import { divFloor, format, ONE, type Units, units } from '../base/decimal.js';
import type { Prng } from '../base/prng.js';
import type { KlineField, KlineOperation } from './effect.js';

const COLUMNS: Record<KlineField, number> = { openTime: 0, open: 1, high: 2, low: 3, close: 4, volume: 5, closeTime: 6 };
const PRICE_COLUMNS = [1, 2, 3, 4];
const BPS = 10_000n;
const ASKED_FOR_EVERYTHING = '1000';
/** Where the exchange has no second market, its one market's prices shrink by this to look like another's. */
const OTHER_MARKET_DIVISOR = units('16');

type Row = unknown[];

/**
 * Changes what is looked up, for the operations that do that instead of changing the rows found.
 *
 * @param values the decoded parameters, changed in place
 * @param symbols those the exchange lists
 * @returns whether the operation is done with that
 */
export function damageLookup(
  values: Map<string, string>,
  operation: KlineOperation,
  nowMs: number,
  symbols: readonly string[],
): boolean {
  switch (operation.op) {
    case 'stale': {
      const frozenMs = nowMs - operation.ms;
      values.set('endTime', String(Math.min(frozenMs, Number(values.get('endTime') ?? frozenMs))));
      return true;
    }
    case 'ignoreLimit':
      values.set('limit', ASKED_FOR_EVERYTHING);
      return true;
    case 'ignoreStart':
      values.delete('startTime');
      return true;
    case 'otherSymbol': {
      const other = operation.symbol ?? symbols.find((symbol) => symbol !== values.get('symbol'));
      if (other !== undefined) values.set('symbol', other);
      return other !== undefined;
    }
    default:
      return false;
  }
}

/** The rows as the operation leaves them; rows are ascending, `index` counts from the newest. */
export function damageRows(rows: Row[], operation: KlineOperation, nowMs: number, draws: Prng): Row[] {
  const at = (index = 0): number => rows.length - 1 - index;
  switch (operation.op) {
    case 'drop': {
      const from = operation.from ?? operation.index ?? 1;
      const to = operation.to ?? from;
      return rows.filter((_, i) => i < at(Math.max(from, to)) || i > at(Math.min(from, to)));
    }
    case 'dup':
      return rows.flatMap((row, i) => (i === at(operation.index ?? 1) ? [row, row] : [row]));
    case 'shuffle':
      return shuffled(rows, draws);
    case 'reverse':
      return rows.toReversed();
    case 'revise':
      return withRow(rows, at(operation.index ?? 1), (row) => scale(row, [COLUMNS[operation.field ?? 'close']], operation.mulBps));
    case 'set':
      return withRow(rows, at(operation.index ?? 1), (row) => row.with(COLUMNS[operation.field ?? 'close'], operation.value));
    case 'lowAboveHigh':
      return withRow(rows, at(operation.index ?? 1), lowAboveHigh);
    case 'spike':
      // A crash reaches down from the open, a spike up from it; open and the other end stay plausible.
      return withRow(rows, at(operation.index ?? 1), (row) =>
        scale(row, [operation.mulBps > Number(BPS) ? COLUMNS.high : COLUMNS.low, COLUMNS.close], operation.mulBps),
      );
    case 'future':
      return [...rows, ...futureRows(rows, operation.n ?? 1)];
    case 'noForming':
      return rows.filter((row) => Number(row[COLUMNS.closeTime]) < nowMs);
    case 'misalign':
      return rows.map((row) => row.with(0, Number(row[0]) + operation.ms).with(6, Number(row[6]) + operation.ms));
    case 'emptyOnce':
      return [];
    case 'short':
      return rows.slice(-operation.n);
    case 'otherSymbol':
      return rows.map(shrink);
    default:
      return rows;
  }
}

function withRow(rows: Row[], index: number, change: (row: Row) => Row): Row[] {
  return rows.map((row, i) => (i === index ? change(row) : row));
}

function scale(row: Row, columns: number[], mulBps: number): Row {
  return row.map((value, column) => (columns.includes(column) ? format((amount(value) * BigInt(mulBps)) / BPS) : value));
}

function shrink(row: Row): Row {
  return row.map((value, column) =>
    PRICE_COLUMNS.includes(column) ? format(divFloor(amount(value), OTHER_MARKET_DIVISOR)) : value,
  );
}

function lowAboveHigh(row: Row): Row {
  return row.with(COLUMNS.low, format(amount(row[COLUMNS.high]) + ONE));
}

function futureRows(rows: Row[], count: number): Row[] {
  const newest = rows.at(-1);
  if (newest === undefined) return [];
  const length = Number(newest[6]) - Number(newest[0]) + 1;
  return Array.from({ length: count }, (_, i) => {
    const shift = length * (i + 1);
    return newest.with(0, Number(newest[0]) + shift).with(6, Number(newest[6]) + shift);
  });
}

function shuffled(rows: Row[], draws: Prng): Row[] {
  const mixed = [...rows];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = draws.integer(0, i);
    [mixed[i], mixed[j]] = [mixed[j], mixed[i]];
  }
  return mixed;
}

function amount(value: unknown): Units {
  return units(String(value));
}

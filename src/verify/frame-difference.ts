import type { SignalFrame, SignalList } from '../domain/signal.js';

/** One value that is not the same in two runs. */
export interface ValueDifference {
  /** `signals`, `signal list`, or the name of an indicator. */
  readonly column: string;
  readonly row: number;
  /** What the run that knew less says. */
  readonly known: number;
  /** What the run that knew more says. */
  readonly whole: number;
}

/** The whole run's answer: its columns, and the short cut's list as a column. */
export interface Answer {
  readonly frame: SignalFrame;
  readonly list: Int8Array;
}

/**
 * The first difference, to the bit, between rows [from, to) of `whole` and those of `part`; NaN equals NaN. The earliest row over all
 * columns is named; of several columns in that row an indicator, for the signal follows from it.
 *
 * @param shift row of `whole` that is row 0 of `part`
 */
export function frameDifference(part: Answer, whole: Answer, from: number, to: number, shift = 0): ValueDifference | null {
  const missing = Object.keys(whole.frame.indicators).find((name) => !(name in part.frame.indicators));
  if (missing !== undefined) return { column: missing, row: from, known: NaN, whole: whole.frame.indicators[missing][from] };
  const columns: [string, ArrayLike<number>, ArrayLike<number>][] = [
    ...Object.keys(whole.frame.indicators).map((name): [string, ArrayLike<number>, ArrayLike<number>] => [name, part.frame.indicators[name], whole.frame.indicators[name]]),
    ['signals', part.frame.signals, whole.frame.signals],
    ['signal list', part.list, whole.list],
  ];
  let first: ValueDifference | null = null;
  for (const [column, known, all] of columns) {
    const end = first?.row ?? to;
    for (let row = from; row < end; row++) {
      if (Object.is(known[row - shift], all[row])) continue;
      first = { column, row, known: known[row - shift], whole: all[row] };
      break;
    }
  }
  return first;
}

/** A list as a column; what stands outside of the rows is an error of whoever made the list, and shows as a difference. */
export function listColumn({ rows, values }: SignalList, length: number): Int8Array {
  const column = new Int8Array(length);
  for (let k = 0; k < rows.length; k++) if (rows[k] < length) column[rows[k]] = values[k];
  return column;
}

/** What a strategy says about every bar: 1 buy, -1 sell, 0 nothing. */
export type Signal = -1 | 0 | 1;

/** A strategy's answer for a whole column of candles. */
export interface SignalFrame {
  /** One per candle, known at that candle's close. */
  readonly signals: Int8Array;
  /** Same length; NaN while warming up. For charts, records and questions: decisions are made from `signals` alone. */
  readonly indicators: Readonly<Record<string, Float64Array>>;
}

/** The rows of a signal column that say something, in order: what a run needs to know of it. */
export interface SignalList {
  readonly rows: Int32Array;
  /** 1 or -1, one per row named. */
  readonly values: Int8Array;
}

/** Collects the rows of a list in ascending order. */
export class SignalListBuilder {
  private rows = new Int32Array(256);
  private values = new Int8Array(256);
  private count = 0;

  add(row: number, value: number): void {
    if (this.count === this.rows.length) {
      this.rows = grown(this.rows, new Int32Array(2 * this.count));
      this.values = grown(this.values, new Int8Array(2 * this.count));
    }
    this.rows[this.count] = row;
    this.values[this.count++] = value;
  }

  build(): SignalList {
    return { rows: this.rows.subarray(0, this.count), values: this.values.subarray(0, this.count) };
  }
}

export function listSignals(signals: Int8Array): SignalList {
  const list = new SignalListBuilder();
  // Most rows say nothing: four of them are passed over at once.
  const words = signals.byteOffset % 4 === 0 ? new Int32Array(signals.buffer, signals.byteOffset, signals.length >> 2) : new Int32Array(0);
  for (let word = 0; word < words.length; word++) {
    if (words[word] === 0) continue;
    for (let i = 4 * word; i < 4 * word + 4; i++) if (signals[i] !== 0) list.add(i, signals[i]);
  }
  for (let i = 4 * words.length; i < signals.length; i++) if (signals[i] !== 0) list.add(i, signals[i]);
  return list.build();
}

/** The signals of rows [from, to), counted from `from`. */
export function sliceSignals({ rows, values }: SignalList, from: number, to: number): SignalList {
  const start = firstAtLeast(rows, from);
  const end = firstAtLeast(rows, to);
  if (from === 0) return { rows: rows.subarray(start, end), values: values.subarray(start, end) };
  return { rows: rows.slice(start, end).map((row) => row - from), values: values.slice(start, end) };
}

/** The column of `length` rows that a list stands for. */
export function signalColumn({ rows, values }: SignalList, length: number): Int8Array {
  const signals = new Int8Array(length);
  for (let k = 0; k < rows.length; k++) signals[rows[k]] = values[k];
  return signals;
}

function firstAtLeast(rows: Int32Array, bound: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown<C extends Int32Array | Int8Array>(column: C, larger: C): C {
  larger.set(column);
  return larger;
}

import type { Candles } from '../domain/candles.js';
import type { SignalList } from '../domain/signal.js';
import type { TradingRules } from '../domain/trading-rules.js';
import { RULES } from './records.js';
import { TRIAL, TRIAL_FIELDS, type TrialField } from './sweep-records.js';

/** What kernels/assembly/sweep/index.ts exports. Addresses and rows are 32-bit; see there for the arguments. */
export interface SweepExports {
  readonly memory: WebAssembly.Memory;
  firstFree(): number;
  makeTables(closes: number, bars: number, sumsOut: number, extremesOut: number): void;
  setGround(rules: number, closes: number, references: number, bars: number, delay: number, markRows: number, marks: number): void;
  runTrials(trials: number, count: number): void;
}

/** What the figures of a trial are made of. */
export interface TrialTotals {
  readonly lastEquity: number;
  /** Of all returns of the curve. */
  readonly sum: number;
  readonly squares: number;
  readonly shortfalls: number;
  /** Deepest point / its peak; 1 when the curve never falls. */
  readonly lowest: number;
  /** Starting capital, then the equity at each of the points asked for. */
  readonly marks: Float64Array;
  readonly trades: number;
  readonly barsLong: number;
  readonly turnover: number;
  /** Of closed trades. */
  readonly closed: number;
  readonly wins: number;
  readonly grossProfit: number;
  readonly grossLoss: number;
  readonly profits: number;
  /** Size of the largest profit or loss. */
  readonly largest: number;
  /** Sum of the squares of their distances from the mean. */
  readonly distances: number;
}

const BLOCK = 16;
const ROW_BYTES = 32;
const PAIR_BYTES = 16;
const LIMIT = 2 ** 32;
const PAGE = 65_536;

/** Trials that are taken through the bars together. */
export const MOST_TRIALS = 64;

/**
 * Trials on one set of candles, in compiled code from the signals to the totals. Holds the candles and their tables, some 70 bytes a bar.
 * For accounts that are all in coins or all in cash, on bars that are all real; see `serves`.
 */
export class SweepKernel {
  private readonly trials: number;
  private readonly marks: number;
  private readonly first: number;

  /** Whether trials by these rules on these candles are of the kind that is done here. */
  static serves(candles: Candles, { sizing, lot }: TradingRules): boolean {
    return sizing.rule === 'all_in' && lot.quantityStep === 0 && candles.missingBars === 0 && candles.length > 0;
  }

  /** @returns null where there is not that much memory */
  static of(wasm: SweepExports, candles: Candles, rules: TradingRules, markRows: Int32Array): SweepKernel | null {
    const bars = candles.length;
    const blocks = Math.ceil(bars / BLOCK);
    const parts = {
      rules: 8 * Object.keys(RULES).length,
      trials: 8 * TRIAL_FIELDS * MOST_TRIALS,
      markRows: 4 * markRows.length,
      marks: 8 * markRows.length * MOST_TRIALS,
      closes: 8 * bars,
      references: rules.fill === 'close' ? 0 : 8 * bars,
      sums: ROW_BYTES * bars,
      extremes: PAIR_BYTES * blocks * (Math.floor(Math.log2(blocks)) + 1),
    };
    const places = placesOf(parts, wasm.firstFree());
    return grow(wasm.memory, places.end) ? new SweepKernel(wasm, candles, rules, markRows, places) : null;
  }

  private constructor(
    private readonly wasm: SweepExports,
    candles: Candles,
    private readonly rules: TradingRules,
    private readonly markRows: Int32Array,
    places: Places,
  ) {
    const { buffer } = wasm.memory;
    const doubles = new Float64Array(buffer);
    const atClose = rules.fill === 'close';
    new Int32Array(buffer).set(markRows, places.markRows / 4);
    doubles.set(candles.close, places.closes / 8);
    if (!atClose) doubles.set(candles.open, places.references / 8);
    doubles.set(rulesOf(rules), places.rules / 8);
    wasm.makeTables(places.closes, candles.length, places.sums, places.extremes);
    wasm.setGround(places.rules, places.closes, atClose ? places.closes : places.references, candles.length, atClose ? 0 : 1, places.markRows, markRows.length);
    this.trials = places.trials;
    this.marks = places.marks;
    this.first = places.end;
  }

  /** @param lists of signals, at most `MOST_TRIALS`. @returns their totals in the same order; null where there is not that much memory */
  run(lists: readonly SignalList[]): TrialTotals[] | null {
    const { wasm, trials } = this;
    const ends = lists.map(({ rows }) => ({ rows: aligned(4 * rows.length), values: aligned(rows.length), profits: aligned(8 * Math.ceil(rows.length / 2)) }));
    if (!grow(wasm.memory, ends.reduce((end, { rows, values, profits }) => end + rows + values + profits, this.first))) return null;
    const { buffer } = wasm.memory;
    const [doubles, words, bytes] = [new Float64Array(buffer), new Int32Array(buffer), new Int8Array(buffer)];
    let free = this.first;
    for (const [k, { rows, values }] of lists.entries()) {
      const [rowsAt, valuesAt] = [free, free + ends[k].rows];
      const profitsAt = valuesAt + ends[k].values;
      free = profitsAt + ends[k].profits;
      words.set(rows, rowsAt / 4);
      bytes.set(values, valuesAt);
      this.begin(doubles, k, rowsAt, rows.length, valuesAt, profitsAt);
    }
    wasm.runTrials(trials, lists.length);
    return lists.map((_, k) => this.totalsOf(doubles, k));
  }

  private begin(doubles: Float64Array, k: number, rowsAt: number, signals: number, valuesAt: number, profitsAt: number): void {
    const { initialCapital } = this.rules;
    const at = this.trials / 8 + k * TRIAL_FIELDS;
    doubles.fill(0, at, at + TRIAL_FIELDS);
    doubles[at + TRIAL.nextRow] = rowsAt;
    doubles[at + TRIAL.nextValue] = valuesAt;
    doubles[at + TRIAL.endRows] = rowsAt + 4 * signals;
    doubles[at + TRIAL.nextProfit] = profitsAt;
    doubles[at + TRIAL.nextMark] = this.marks + 8 * this.markRows.length * k;
    doubles[at + TRIAL.cash] = doubles[at + TRIAL.equity] = doubles[at + TRIAL.peak] = initialCapital;
    doubles[at + TRIAL.lowest] = 1;
  }

  private totalsOf(doubles: Float64Array, k: number): TrialTotals {
    const field = (name: TrialField): number => doubles[this.trials / 8 + k * TRIAL_FIELDS + TRIAL[name]];
    const { length } = this.markRows;
    const marks = new Float64Array(length + 1);
    const from = this.marks / 8 + length * k;
    marks[0] = this.rules.initialCapital;
    marks.set(doubles.subarray(from, from + length), 1);
    return {
      lastEquity: field('equity'),
      sum: field('sum'),
      squares: field('squares'),
      shortfalls: field('shortfalls'),
      lowest: field('lowest'),
      marks,
      trades: field('trades'),
      barsLong: field('barsLong'),
      turnover: field('turnover'),
      closed: field('closed'),
      wins: field('wins'),
      grossProfit: field('grossProfit'),
      grossLoss: field('grossLoss'),
      profits: field('profits'),
      largest: field('largest'),
      distances: field('distances'),
    };
  }
}

type Places = Readonly<Record<'rules' | 'trials' | 'markRows' | 'marks' | 'closes' | 'references' | 'sums' | 'extremes' | 'end', number>>;

function rulesOf({ initialCapital, costs, lot }: TradingRules): Float64Array {
  const { feeRate, feeFrom, slippage } = costs;
  const fields = new Float64Array(Object.keys(RULES).length);
  fields[RULES.initialCapital] = initialCapital;
  fields[RULES.slippage] = slippage;
  fields[RULES.feeRate] = feeRate;
  fields[RULES.costFactor] = feeFrom === 'quote' ? 1 + feeRate : 1;
  fields[RULES.keptShare] = feeFrom === 'quote' ? 1 : 1 - feeRate;
  fields[RULES.minNotional] = lot.minNotional;
  fields[RULES.mostQuote] = Infinity;
  fields[RULES.mostShare] = Infinity;
  return fields;
}

/** Addresses of parts one behind the other, each at the beginning of a cache line, and where the last one ends. */
function placesOf<P extends string>(parts: Readonly<Record<P, number>>, first: number): Readonly<Record<P | 'end', number>> {
  const places: Record<string, number> = {};
  let end = aligned(first);
  for (const [name, size] of Object.entries<number>(parts)) {
    places[name] = end;
    end = aligned(end + size);
  }
  return { ...places, end } as Readonly<Record<P | 'end', number>>;
}

function aligned(address: number): number {
  return Math.ceil(address / 64) * 64;
}

function grow(memory: WebAssembly.Memory, end: number): boolean {
  if (end > LIMIT) return false;
  if (end <= memory.buffer.byteLength) return true;
  try {
    memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}


import type { Candles } from '../domain/candles.js';
import type { KernelExports } from './kernel-exports.js';

/** Points of a curve that are made at a time: 128 KiB, which stays in a core's own cache while it is copied out. */
export const POINTS_A_TURN = 16_384;

/** Doubles that a pass may read behind the end of a column. */
const PADDING = 64;
const PAGE = 65_536;
const LIMIT = 2 ** 32;
const DOUBLE = 8;

type Column = 'open' | 'close' | 'sums';

/**
 * The kernel's memory: three small records, room for a part of a curve, the columns of one set of candles, and behind them room for
 * the run at hand. Columns are copied in when first asked for and stay for all runs on the same candles and on slices of them;
 * other candles take their place. So the memory is that of the largest candles seen, whatever the number of runs.
 */
export class CandleMemory {
  /** Addresses. */
  readonly rules: number;
  readonly account: number;
  readonly totals: number;
  /** Its second point, the first one that is written, is at the beginning of a cache line. */
  readonly points: number;
  private readonly firstColumn: number;
  /**
   * Number that candles had their columns copied in under; those here are the last ones. Not a WeakRef to them: that would keep
   * every set of candles alive until a loop over many ends.
   */
  private readonly turns = new WeakMap<Candles, number>();
  private turn = 0;
  private readonly filled = new Set<Column>();
  private views: Views;

  constructor(private readonly kernel: KernelExports) {
    this.rules = aligned(kernel.firstFree());
    this.account = this.rules + 128;
    this.totals = this.account + 128;
    this.points = this.totals + 256 - DOUBLE;
    this.firstColumn = aligned(this.points + (POINTS_A_TURN + 2) * DOUBLE); // the point before, and one that is written to spare a branch
    this.views = viewsOf(kernel);
  }

  /** The whole memory. Take it anew after `reserve`: memory that grows moves. */
  get doubles(): Float64Array {
    return this.views.doubles;
  }

  /** Copies numbers to an address. */
  put(address: number, values: Float64Array | Int32Array | Int8Array): void {
    const { doubles, words, bytes } = this.views;
    if (values instanceof Float64Array) doubles.set(values, address / 8);
    else if (values instanceof Int32Array) words.set(values, address / 4);
    else bytes.set(values, address);
  }

  /** Copies of numbers at an address. */
  takeDoubles(address: number, count: number): Float64Array {
    return this.views.doubles.slice(address / 8, address / 8 + count);
  }

  takeWords(address: number, count: number): Int32Array {
    return this.views.words.slice(address / 4, address / 4 + count);
  }

  takeBytes(address: number, count: number): Int8Array {
    return this.views.bytes.slice(address, address + count);
  }

  /**
   * Makes room for a run on these candles.
   *
   * @param sizes bytes of each part
   * @returns address of each part; null when there is not that much memory
   */
  reserve(candles: Candles, sizes: readonly number[]): number[] | null {
    const { candles: whole } = candles.origin;
    let end = this.firstColumn + 3 * columnSize(whole.length);
    const addresses = sizes.map((size) => {
      const address = end;
      end = aligned(end + size);
      return address;
    });
    if (!this.growTo(end)) return null;
    if (this.turns.get(whole) !== this.turn) {
      this.turns.set(whole, ++this.turn);
      this.filled.clear();
    }
    return addresses;
  }

  /** Address of row 0 of a price column. Needs `reserve`. */
  prices(candles: Candles, column: 'open' | 'close'): number {
    const { candles: whole, from } = candles.origin;
    const address = this.addressOf(whole, column);
    if (this.isNew(column)) this.put(address, whole[column]);
    return address + from * DOUBLE;
  }

  /** Address of the sum of the ticks of closes before row 0, those of the rows following. Needs `reserve`. */
  sums(candles: Candles): number {
    const { candles: whole, from } = candles.origin;
    const address = this.addressOf(whole, 'sums');
    const ticks = whole.ticksOf('close');
    if (ticks !== null && this.isNew('sums')) {
      this.put(address + DOUBLE, ticks.values);
      this.kernel.sumUp(address, whole.length);
    }
    return address + from * DOUBLE;
  }

  private addressOf(whole: Candles, column: Column): number {
    return this.firstColumn + ['open', 'close', 'sums'].indexOf(column) * columnSize(whole.length);
  }

  private isNew(column: Column): boolean {
    if (this.filled.has(column)) return false;
    this.filled.add(column);
    return true;
  }

  private growTo(end: number): boolean {
    const { memory } = this.kernel;
    if (end > LIMIT) return false;
    if (end > memory.buffer.byteLength) {
      try {
        memory.grow(Math.ceil((end - memory.buffer.byteLength) / PAGE));
      } catch (error) {
        if (error instanceof RangeError) return false;
        throw error;
      }
      this.views = viewsOf(this.kernel);
    }
    return true;
  }
}

interface Views {
  readonly doubles: Float64Array;
  readonly words: Int32Array;
  readonly bytes: Int8Array;
}

function viewsOf({ memory: { buffer } }: KernelExports): Views {
  return { doubles: new Float64Array(buffer), words: new Int32Array(buffer), bytes: new Int8Array(buffer) };
}

function columnSize(rows: number): number {
  return aligned((rows + 1 + PADDING) * DOUBLE);
}

/** To the next cache line. */
function aligned(address: number): number {
  return Math.ceil(address / 64) * 64;
}

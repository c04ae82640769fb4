import { pairAt, setValue, valueAt } from './columns';

/** Bars that are compared at once: one bit each in a word. */
const WORD: i32 = 64;
const ALL: u64 = ~(<u64>0);

/** Bit k: on bar `row + k` the fast average is above (below) the slow one. The two answers of `compareWord`. */
let above: u64 = 0;
let below: u64 = 0;

/** Where the next signal goes, and how many there are already. */
let signalRows: usize = 0;
let signalValues: usize = 0;
let signals: i32 = 0;

/**
 * Turns a column of whole numbers into sums: number k becomes the sum of the first k. Number 0 is not read, so a column of n ticks
 * begins at number 1 and leaves n + 1 sums. Exact as long as the last one is below 2^53.
 */
export function sumUp(column: usize, count: i32): void {
  let sum: f64 = 0;
  setValue(column, 0, 0);
  for (let k = 1; k <= count; k++) {
    sum += valueAt(column, k);
    setValue(column, k, sum);
  }
}

/**
 * Where the average of the last `fast` ticks crosses that of the last `slow`: the signals of `smaCrossings` in
 * src/strategy/indicators/crossings.ts. Every number is a whole one below 2^52, so every comparison is exact.
 *
 * @param sums as left by `sumUp`, followed by at least 64 readable doubles
 * @param tieMemory rows of equal averages that may lie between the two sides of a crossing
 * @param rowsOut 32-bit row of each signal; room for `bars`
 * @param valuesOut 8-bit 1 or -1 of each signal; room for `bars`
 * @returns number of signals
 */
export function smaCrossings(sums: usize, bars: i32, fast: i32, slow: i32, tieMemory: i32, rowsOut: usize, valuesOut: usize): i32 {
  signalRows = rowsOut;
  signalValues = valuesOut;
  signals = 0;
  let side = 0; // 1 above, -1 below, 0 until the averages differ for the first time
  let sideAt = -2; // last bar that was not a tie
  for (let row = slow - 1; row < bars; row += WORD) {
    compareWord(sums, row, fast, slow);
    const length = min(WORD, bars - row);
    if (length == WORD && (above | below) == ALL && sideAt == row - 1) {
      // No tie in these bars, nor right before them: a signal is wherever a bit differs from the one before it.
      let changes = above ^ ((above << 1) | u64(side > 0));
      while (changes != 0) {
        const bit = <i32>ctz(changes);
        changes &= changes - 1; // clears that bit
        add(row + bit, bitOf(above, bit) ? 1 : -1);
      }
      side = above >> 63 ? 1 : -1;
      sideAt = row + WORD - 1;
      continue;
    }
    for (let bit = 0; bit < length; bit++) {
      const now = bitOf(above, bit) ? 1 : bitOf(below, bit) ? -1 : 0;
      if (now == 0) continue;
      if (side == -now && row + bit - sideAt <= tieMemory + 1) add(row + bit, now);
      side = now;
      sideAt = row + bit;
    }
  }
  return signals;
}

function add(row: i32, value: i32): void {
  store<i32>(signalRows + (<usize>signals << 2), row);
  store<i8>(signalValues + <usize>signals, <i8>value);
  signals++;
}

// @ts-ignore: decorator
@inline
function bitOf(word: u64, bit: i32): bool {
  return ((word >> <u64>bit) & 1) != 0;
}

/** Compares the averages of 64 bars; those behind the end of the data get bits without a meaning. */
function compareWord(sums: usize, row: i32, fast: i32, slow: i32): void {
  let up: u64 = 0;
  let down: u64 = 0;
  for (let bit = 0; bit < WORD; bit += 8) {
    const end = row + bit + 1; // sums of bars 0 to row + bit
    const a = lead(sums, end, fast, slow);
    const b = lead(sums, end + 2, fast, slow);
    const c = lead(sums, end + 4, fast, slow);
    const d = lead(sums, end + 6, fast, slow);
    down |= negatives(a, b, c, d) << <u64>bit;
    up |= negatives(minus(a), minus(b), minus(c), minus(d)) << <u64>bit;
  }
  above = up;
  below = down;
}

/** By how much the fast average leads, times fast * slow, on the two bars whose sums are numbers `end` and `end + 1`. */
// @ts-ignore: decorator
@inline
function lead(sums: usize, end: i32, fast: i32, slow: i32): v128 {
  const total = pairAt(sums, end);
  const ofFast = f64x2.sub(total, pairAt(sums, end - fast));
  const ofSlow = f64x2.sub(total, pairAt(sums, end - slow));
  return f64x2.sub(f64x2.mul(ofFast, f64x2.splat(<f64>slow)), f64x2.mul(ofSlow, f64x2.splat(<f64>fast)));
}

/** 0 - x and not a flipped sign: the minus of a tie must stay a positive zero. */
// @ts-ignore: decorator
@inline
function minus(pair: v128): v128 {
  return f64x2.sub(f64x2.splat(0), pair);
}

/** The sign bits of eight doubles: their upper halves are packed to 16 bits each, which keeps the sign. */
// @ts-ignore: decorator
@inline
function negatives(a: v128, b: v128, c: v128, d: v128): u64 {
  const first = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
  const second = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
  return <u64>(<u32>i16x8.bitmask(i16x8.narrow_i32x4_s(first, second)));
}

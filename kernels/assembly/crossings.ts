import { placeOf, setValue, valueAt } from './columns';

/** Bars that are compared at once: one bit each in a word. */
const WORD: i32 = 64;

/** The comparison at hand; see `smaCrossings`. */
let sums: usize = 0;
let firstRow: i32 = 0;
let bars: i32 = 0;
let fastBytes: usize = 0;
let slowBytes: usize = 0;
/** What the sum over the fast window, and that over the slow one, is multiplied with: the other window. */
let fastFactor: f64 = 0;
let slowFactor: f64 = 0;
let tieMemory: i32 = 0;

/** Where the signals go, and how many there are already. */
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
 * One bit a bar says whether the fast average is below. Where that bit changes there is a crossing, unless a tie is involved:
 * those few bars are looked at one by one.
 *
 * @param sumsIn as left by `sumUp`, followed by at least 64 readable doubles
 * @param tieMemoryIn bars of equal averages that may lie inside a crossing
 * @param rowsOut 32-bit row of each signal; room for one per bar
 * @param valuesOut 8-bit 1 or -1 of each signal; room for one per bar
 * @returns number of signals
 */
export function smaCrossings(
  sumsIn: usize,
  barsIn: i32,
  fast: i32,
  slow: i32,
  tieMemoryIn: i32,
  rowsOut: usize,
  valuesOut: usize,
): i32 {
  sums = sumsIn;
  bars = barsIn;
  fastBytes = <usize>fast << 3;
  slowBytes = <usize>slow << 3;
  fastFactor = <f64>slow;
  slowFactor = <f64>fast;
  tieMemory = tieMemoryIn;
  signalRows = rowsOut;
  signalValues = valuesOut;
  signals = 0;
  firstRow = slow - 1;
  if (firstRow >= bars) return 0;
  let wasBelow = u64(lead(firstRow) < 0);
  for (let row = firstRow; row < bars; row += WORD) {
    const below = compareWord(row);
    let changes = below ^ ((below << 1) | wasBelow);
    wasBelow = below >> 63;
    while (changes != 0) {
      const bit = <i32>ctz(changes);
      changes &= changes - 1; // clears that bit
      if (row + bit >= bars) break;
      if ((below >> <u64>bit) & 1) fallBelow(row + bit);
      else riseFromBelow(row + bit);
    }
  }
  return signals;
}

/** The fast average is below, after a bar on which it was not. */
function fallBelow(row: i32): void {
  let before = row - 1;
  while (before >= firstRow && row - before <= tieMemory && lead(before) == 0) before--;
  if (before >= firstRow && lead(before) > 0) add(row, -1);
}

/** The fast average is no longer below: it is above, or the two are equal and may part later. */
function riseFromBelow(row: i32): void {
  let after = row;
  while (after < bars && after - row <= tieMemory && lead(after) == 0) after++;
  if (after < bars && after - row <= tieMemory && lead(after) > 0) add(after, 1);
}

function add(row: i32, value: i32): void {
  store<i32>(signalRows + (<usize>signals << 2), row);
  store<i8>(signalValues + <usize>signals, <i8>value);
  signals++;
}

/** By how much the fast average leads on a bar, times fast * slow. */
function lead(row: i32): f64 {
  const end = placeOf(sums, row + 1);
  const total = load<f64>(end);
  return (total - load<f64>(end - fastBytes)) * fastFactor - (total - load<f64>(end - slowBytes)) * slowFactor;
}

/** Bit k: whether the fast average is below on bar `row + k`. Bars behind the end of the data get bits without a meaning. */
function compareWord(row: i32): u64 {
  let below: u64 = 0;
  let now = placeOf(sums, row + 1);
  const fastFactors = f64x2.splat(fastFactor);
  const slowFactors = f64x2.splat(slowFactor);
  for (let bit: u64 = 0; bit < 64; bit += 8) {
    const beforeFast = now - fastBytes;
    const beforeSlow = now - slowBytes;
    const a = leads(now, beforeFast, beforeSlow, 0, fastFactors, slowFactors);
    const b = leads(now, beforeFast, beforeSlow, 16, fastFactors, slowFactors);
    const c = leads(now, beforeFast, beforeSlow, 32, fastFactors, slowFactors);
    const d = leads(now, beforeFast, beforeSlow, 48, fastFactors, slowFactors);
    below |= signBits(a, b, c, d) << bit;
    now += 64;
  }
  return below;
}

/** `lead` of two bars; `offset` in bytes. */
// @ts-ignore: decorator
@inline
function leads(now: usize, beforeFast: usize, beforeSlow: usize, offset: usize, fastFactors: v128, slowFactors: v128): v128 {
  const total = v128.load(now + offset);
  const ofFast = f64x2.sub(total, v128.load(beforeFast + offset));
  const ofSlow = f64x2.sub(total, v128.load(beforeSlow + offset));
  return f64x2.sub(f64x2.mul(ofFast, fastFactors), f64x2.mul(ofSlow, slowFactors));
}

/** The signs of eight doubles as bits: their upper halves are packed to 16 bits each, which keeps the sign. */
// @ts-ignore: decorator
@inline
function signBits(a: v128, b: v128, c: v128, d: v128): u64 {
  const first = v128.shuffle<i32>(a, b, 1, 3, 5, 7);
  const second = v128.shuffle<i32>(c, d, 1, 3, 5, 7);
  return <u64>(<u32>i16x8.bitmask(i16x8.narrow_i32x4_s(first, second)));
}

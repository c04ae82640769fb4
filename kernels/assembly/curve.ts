import { placeOf, valueAt } from './columns';
import { Holding, Totals } from './records';

/**
 * Rows that are judged at once for the deepest fall. Inside so few, prices seldom fall by more than the worst so far, so the walk
 * from point to point is seldom needed.
 */
const RANGE: i32 = 256;

/** The curve at hand. Point p is the equity at the close of row p - 1; point 0 is the start. */
let totals = changetype<Totals>(0);
let closes: usize = 0;
let holding = changetype<Holding>(0);
/** Address that point 0 would have: only the points of the rows asked for are in memory. */
let points: usize = 0;

/** First row that is not judged yet, and the lowest and highest points from there on, of even and of odd rows. */
let unjudged: i32 = 0;
let lows = f64x2.splat(Infinity);
let highs = f64x2.splat(0);

/** @param holdings the stretches of `HoldingColumns`; the last one reaches to the last row that will be asked for */
export function startCurve(totalsOut: Totals, closesIn: usize, holdings: usize, initialCapital: f64): void {
  totals = totalsOut;
  closes = closesIn;
  holding = changetype<Holding>(holdings);
  memory.fill(changetype<usize>(totals), 0, offsetof<Totals>());
  totals.peak = initialCapital;
  totals.peakFrom = -1;
  totals.lowest = 1;
  totals.troughFrom = -1;
  totals.troughTo = -1;
}

/**
 * Marks rows [from, to) to their closes and adds the returns to the totals. Calls follow one another without a gap.
 *
 * @param room address for points `from` to `to` and one more; the caller has put point `from` there
 */
export function markRows(from: i32, to: i32, room: usize): void {
  points = room - (<usize>from << 3);
  unjudged = from;
  let row = from;
  while (row < to) {
    const end = min(min(to, <i32>holding.until), row + RANGE);
    if (row < end) {
      if (holding.coins != 0) holdCoins(row, end);
      else holdCash(row, end);
      row = end;
      if (row - unjudged >= RANGE) judge(row);
    }
    if (row == <i32>holding.until) holding = changetype<Holding>(changetype<usize>(holding) + offsetof<Holding>());
  }
  judge(to);
}

/** Rows [from, to) without coins: only the first return can differ from zero. */
function holdCash(from: i32, to: i32): void {
  const before = valueAt(points, from);
  const cash = f64x2.splat(holding.cash);
  const end = placeOf(points, to);
  for (let point = placeOf(points, from + 1); point <= end; point += 16) v128.store(point, cash);
  lows = f64x2.pmin(lows, cash);
  highs = f64x2.pmax(highs, cash);
  if (before == holding.cash) return;
  const returns = v128.and(f64x2.splat(holding.cash / before - 1), laneOf(from));
  const lanes = changetype<usize>(totals);
  const falls = fallsOf(returns);
  v128.store(lanes, f64x2.add(v128.load(lanes), returns));
  v128.store(lanes, f64x2.add(v128.load(lanes, 16), f64x2.mul(returns, returns)), 16);
  v128.store(lanes, f64x2.add(v128.load(lanes, 32), f64x2.mul(falls, falls)), 32);
}

/**
 * Rows [from, to) with coins, two rows a step. Where the last step has one row too many, that row repeats the point before it, which
 * is a return of exactly 0. Its place in memory is written again by what comes next.
 */
function holdCoins(from: i32, to: i32): void {
  const cash = f64x2.splat(holding.cash);
  const coins = f64x2.splat(holding.coins);
  const lanes = changetype<usize>(totals); // the first six numbers of the totals are three pairs
  let sum = turned(v128.load(lanes), from);
  let squares = turned(v128.load(lanes, 16), from);
  let shortfalls = turned(v128.load(lanes, 32), from);
  let low = lows;
  let high = highs;
  let last = f64x2.splat(valueAt(points, from));
  let close = placeOf(closes, from);
  let point = placeOf(points, from + 1);
  const lastPoint = placeOf(points, to - ((to - from - 1) & 1));
  for (; point < lastPoint; point += 16, close += 16) {
    const now = f64x2.add(cash, f64x2.mul(coins, v128.load(close)));
    v128.store(point, now);
    const returns = returnsOf(last, now);
    const falls = fallsOf(returns);
    last = now;
    sum = f64x2.add(sum, returns);
    squares = f64x2.add(squares, f64x2.mul(returns, returns));
    shortfalls = f64x2.add(shortfalls, f64x2.mul(falls, falls));
    low = f64x2.pmin(low, now);
    high = f64x2.pmax(high, now);
  }
  let now = f64x2.add(cash, f64x2.mul(coins, v128.load(close)));
  now = v128.bitselect(v128.shuffle<f64>(now, now, 0, 0), now, whereOdd(to - from));
  v128.store(point, now);
  const returns = returnsOf(last, now);
  const falls = fallsOf(returns);
  v128.store(lanes, turned(f64x2.add(sum, returns), from));
  v128.store(lanes, turned(f64x2.add(squares, f64x2.mul(returns, returns)), from), 16);
  v128.store(lanes, turned(f64x2.add(shortfalls, f64x2.mul(falls, falls)), from), 32);
  lows = f64x2.pmin(low, now);
  highs = f64x2.pmax(high, now);
}

/** All bits where the number is odd, none where it is even: a choice without a branch, which would be a matter of luck. */
// @ts-ignore: decorator
@inline
function whereOdd(value: i32): v128 {
  return i64x2.splat(-<i64>(value & 1));
}

/** Sums of even and odd rows in the order in which pairs come that begin at this row, and back. */
// @ts-ignore: decorator
@inline
function turned(pair: v128, from: i32): v128 {
  return v128.bitselect(v128.shuffle<f64>(pair, pair, 1, 0), pair, whereOdd(from));
}

/** All bits of the lane of an even, or of an odd, row. */
// @ts-ignore: decorator
@inline
function laneOf(row: i32): v128 {
  return i64x2.eq(i64x2.splat(<i64>(row & 1)), i64x2(0, 1));
}

/** Returns that lead to the points of `now`; the points before them are the second of `last` and the first of `now`. */
// @ts-ignore: decorator
@inline
function returnsOf(last: v128, now: v128): v128 {
  return f64x2.sub(f64x2.div(now, v128.shuffle<f64>(last, now, 1, 2)), f64x2.splat(1));
}

/** Twice min(return, 0). */
// @ts-ignore: decorator
@inline
function fallsOf(returns: v128): v128 {
  return f64x2.sub(returns, f64x2.abs(returns));
}

/**
 * Takes the rows before `to` that are not judged yet into the peak and the deepest fall, by their lowest and highest point alone
 * where these decide: rounded division keeps order, so no quotient inside can be below the one of the extremes.
 */
function judge(to: i32): void {
  const low = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1));
  const high = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1));
  if (high <= totals.peak) {
    const share = low / totals.peak;
    if (share < totals.lowest) deepen(share, unjudged, to);
  } else if (low / high >= totals.lowest) {
    raise(high, unjudged, to);
  } else {
    walk(unjudged, to);
  }
  unjudged = to;
  lows = f64x2.splat(Infinity);
  highs = f64x2.splat(0);
}

/** The same from point to point. */
function walk(from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    const now = valueAt(points, row + 1);
    if (now > totals.peak) raise(now, row, row + 1);
    else if (now <= totals.lowest * totals.peak) {
      const share = now / totals.peak;
      if (share < totals.lowest) deepen(share, row, row + 1);
    }
  }
}

function raise(peak: f64, from: i32, to: i32): void {
  totals.peak = peak;
  totals.peakFrom = from;
  totals.peakTo = to;
}

function deepen(share: f64, from: i32, to: i32): void {
  totals.lowest = share;
  totals.deepestPeak = totals.peak;
  totals.deepestPeakFrom = totals.peakFrom;
  totals.deepestPeakTo = totals.peakTo;
  totals.troughFrom = from;
  totals.troughTo = to;
}

import { pairAt, placeOf, setPair, setValue, valueAt } from './columns';
import { Holding, Totals } from './records';

/**
 * Bars that are judged at once for the deepest fall. Inside so few, prices seldom fall by more than the worst so far, so the
 * walk from point to point is seldom needed.
 */
const PIECE: i32 = 256;

/** The curve at hand. Point p is the equity at the close of row p - 1; point 0 is the start. */
let totals = changetype<Totals>(0);
let closes: usize = 0;
let holding = changetype<Holding>(0);
/** Address that point 0 would have: only the points of the rows asked for are in memory. */
let points: usize = 0;

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
 * @param room address for points `from` to `to`; the caller has put point `from` there
 */
export function markRows(from: i32, to: i32, room: usize): void {
  points = room - (<usize>from << 3);
  let row = from;
  while (row < to) {
    const end = min(to, <i32>holding.until);
    if (holding.coins != 0) {
      for (; row < end; row += PIECE) markPiece(row, min(row + PIECE, end));
      row = end;
    } else if (row < end) {
      holdCash(row, end);
      row = end;
    }
    if (row < to) holding = changetype<Holding>(changetype<usize>(holding) + offsetof<Holding>());
  }
}

/** Rows [from, to) without coins: only the first return can differ from zero. */
function holdCash(from: i32, to: i32): void {
  const before = valueAt(points, from);
  const cash = holding.cash;
  const pair = f64x2.splat(cash);
  let row = from;
  for (; row + 2 <= to; row += 2) setPair(points, row + 1, pair);
  if (row < to) setValue(points, row + 1, cash);
  if (before == cash) return;
  addReturn(from, cash / before - 1);
  walk(from, from + 1);
}

/** Rows [from, to) with coins, two rows a step; a first odd or last even row is alone in its pair. */
function markPiece(from: i32, to: i32): void {
  const cash = holding.cash;
  const coins = holding.coins;
  const cashPair = f64x2.splat(cash);
  const coinsPair = f64x2.splat(coins);
  const one = f64x2.splat(1);
  let row = from;
  let before = valueAt(points, from);
  let low = Infinity;
  let high: f64 = 0;
  if (row & 1) {
    const now = cash + coins * valueAt(closes, row);
    setValue(points, row + 1, now);
    addReturn(row, now / before - 1);
    low = high = before = now;
    row++;
  }

  const lanes = changetype<usize>(totals); // the first six numbers of the totals are three pairs
  let sum = pairAt(lanes, 0);
  let squares = pairAt(lanes, 2);
  let shortfalls = pairAt(lanes, 4);
  let lows = f64x2.splat(low);
  let highs = f64x2.splat(high);
  let last = f64x2.splat(before);
  for (; row + 2 <= to; row += 2) {
    const now = f64x2.add(cashPair, f64x2.mul(coinsPair, pairAt(closes, row)));
    setPair(points, row + 1, now);
    const earlier = v128.shuffle<f64>(last, now, 1, 2);
    last = now;
    const returns = f64x2.sub(f64x2.div(now, earlier), one);
    const falls = f64x2.sub(returns, f64x2.abs(returns)); // twice min(return, 0)
    sum = f64x2.add(sum, returns);
    squares = f64x2.add(squares, f64x2.mul(returns, returns));
    shortfalls = f64x2.add(shortfalls, f64x2.mul(falls, falls));
    lows = f64x2.pmin(lows, now);
    highs = f64x2.pmax(highs, now);
  }
  setPair(lanes, 0, sum);
  setPair(lanes, 2, squares);
  setPair(lanes, 4, shortfalls);
  low = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1));
  high = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1));

  if (row < to) {
    const now = cash + coins * valueAt(closes, row);
    setValue(points, row + 1, now);
    addReturn(row, now / f64x2.extract_lane(last, 1) - 1);
    low = min(low, now);
    high = max(high, now);
  }
  judge(from, to, low, high);
}

/** Adds the return of one row to the lane of its parity. */
function addReturn(row: i32, value: f64): void {
  const lane = placeOf(changetype<usize>(totals), row & 1);
  const fall = value - abs(value);
  store<f64>(lane, load<f64>(lane) + value);
  store<f64>(lane, load<f64>(lane, 16) + value * value, 16);
  store<f64>(lane, load<f64>(lane, 32) + fall * fall, 32);
}

/**
 * Takes rows [from, to) into the peak and the deepest fall, by their lowest and highest point alone where these decide: rounded
 * division keeps order, so no quotient inside can be below the one of the extremes.
 */
function judge(from: i32, to: i32, low: f64, high: f64): void {
  if (high <= totals.peak) {
    const share = low / totals.peak;
    if (share < totals.lowest) deepen(share, from, to);
  } else if (low / high >= totals.lowest) {
    raise(high, from, to);
  } else {
    walk(from, to);
  }
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

import { placeOf, valueAt } from '../columns';

/** Bytes of a row of sums: returns, squares, shortfalls, and one that is not used, so that no row lies in two cache lines. */
const ROW: usize = 32;
/** Bars of a block whose extremes are known, and bytes of them: the lowest close, and minus the highest, so that both are minima. */
const BLOCK: i32 = 16;
const PAIR: usize = 16;

let closes: usize = 0;
let sums: usize = 0;
let extremes: usize = 0;
/** Bytes of a level of extremes. */
let levelSize: usize = 0;

/** The term to add, the sum so far and what it lacks, of the sums one by one. */
let sum: f64 = 0;
let lack: f64 = 0;

/**
 * Makes what `EventTables` of src/optimize/sweep/event-tables.ts makes, in the same way: row i of `sumsOut` sums over the returns that
 * lead to the closes 1 to i; level k of `extremesOut` holds the extremes of 2^k blocks from every block on.
 *
 * @param sumsOut 32 bytes a bar
 * @param extremesOut 16 bytes a block and level; levels as long as a level has a pair of blocks
 */
export function makeTables(closesIn: usize, bars: i32, sumsOut: usize, extremesOut: usize): void {
  closes = closesIn;
  sums = sumsOut;
  extremes = extremesOut;
  for (let field: i32 = 0; field < 3; field++) sumField(bars, field);
  const blocks = (bars + BLOCK - 1) / BLOCK;
  levelSize = <usize>blocks * PAIR;
  for (let block = 0; block < blocks; block++) {
    const end = min((block + 1) * BLOCK, bars);
    v128.store(extremes + <usize>block * PAIR, among(none(), block * BLOCK, end));
  }
  let level = extremes;
  for (let span = 1; blocks - 2 * span + 1 > 0; span *= 2) {
    const next = level + levelSize;
    for (let block = 0; block < blocks - 2 * span + 1; block++) {
      const at = <usize>block * PAIR;
      v128.store(next + at, f64x2.pmin(v128.load(level + at), v128.load(level + at + <usize>span * PAIR)));
    }
    level = next;
  }
}

/** One of the three sums, with Neumaier's correction, so that every row is right to its last digit. */
function sumField(bars: i32, field: i32): void {
  const column = sums + (<usize>field << 3);
  store<f64>(column, 0);
  sum = 0;
  lack = 0;
  for (let bar = 1; bar < bars; bar++) {
    const r = valueAt(closes, bar) / valueAt(closes, bar - 1) - 1;
    add(field == 0 ? r : field == 1 || r < 0 ? r * r : 0);
    store<f64>(column + <usize>bar * ROW, sum + lack);
  }
}

function add(term: f64): void {
  const total = sum + term;
  lack += abs(sum) >= abs(term) ? sum - total + term : term - total + sum;
  sum = total;
}

/** Sum number `field` of the returns from close `from` to close `to`. */
// @ts-ignore: decorator
@inline
export function sumBetween(field: usize, from: i32, to: i32): f64 {
  const column = sums + (field << 3);
  return load<f64>(column + <usize>to * ROW) - load<f64>(column + <usize>from * ROW);
}

/** The lowest close of bars [from, to), at least one, and minus the highest. */
export function extremesOf(from: i32, to: i32): v128 {
  const first = (from + BLOCK - 1) / BLOCK;
  const last = to / BLOCK;
  if (last <= first) return among(none(), from, to);
  const level = 31 - clz(last - first);
  const column = extremes + <usize>level * levelSize;
  const blocks = f64x2.pmin(v128.load(column + <usize>first * PAIR), v128.load(column + <usize>(last - (1 << level)) * PAIR));
  return among(among(blocks, from, first * BLOCK), last * BLOCK, to);
}

/** The extremes `known` together with those of bars [from, to). */
// @ts-ignore: decorator
@inline
function among(known: v128, from: i32, to: i32): v128 {
  let found = known;
  const signs = f64x2(1, -1);
  const end = placeOf(closes, to);
  for (let at = placeOf(closes, from); at < end; at += 8) {
    found = f64x2.pmin(found, f64x2.mul(v128.load64_splat(at), signs));
  }
  return found;
}

// @ts-ignore: decorator
@inline
function none(): v128 {
  return f64x2.splat(Infinity);
}

import { valueAt } from '../columns';
import { Rules } from '../records';
import { Trial } from './records';
import { extremesOf, sumBetween } from './tables';

/** Bars that all trials are taken through before the next ones: their part of the tables stays in a core's own cache. */
const BLOCK: i32 = 4096;

const RETURNS: usize = 0;
const SQUARES: usize = 1;
const SHORTFALLS: usize = 2;

/** What the trials are made on. */
let rules = changetype<Rules>(0);
let closes: usize = 0;
let references: usize = 0;
let bars: i32 = 0;
let delay: i32 = 0;
let markRows: usize = 0;
let marks: i32 = 0;

/**
 * Where trials are made, for all that follow. Needs `makeTables` of the same closes.
 *
 * @param referencesIn what orders fill at, per bar: opens, or closes
 * @param delayIn bars from a signal to its fill: 1, or 0
 * @param markRowsIn 32-bit rows, ascending, at whose close the equity is wanted
 */
export function setGround(rulesIn: Rules, closesIn: usize, referencesIn: usize, barsIn: i32, delayIn: i32, markRowsIn: usize, marksIn: i32): void {
  rules = rulesIn;
  closes = closesIn;
  references = referencesIn;
  bars = barsIn;
  delay = delayIn;
  markRows = markRowsIn;
  marks = marksIn;
}

/**
 * Takes trials from their signals to their totals: all of them through one block of bars, then through the next. The trades are those of
 * `simulate` in src/backtest/engine/simulate.ts, all in or all out, and the totals those of `eventTotals` in
 * src/optimize/sweep/event-totals.ts and of `tradeMetrics`, step by step the same arithmetic.
 *
 * @param trials one `Trial` after the other
 */
export function runTrials(trials: usize, count: i32): void {
  const end = trials + <usize>count * offsetof<Trial>();
  for (let from = 0; from < bars; from += BLOCK) {
    const limit = min(from + BLOCK, bars);
    for (let at = trials; at < end; at += offsetof<Trial>()) advance(changetype<Trial>(at), limit);
  }
  for (let at = trials; at < end; at += offsetof<Trial>()) sumDistances(changetype<Trial>(at));
}

/**
 * Every order of a trial that fills before bar `limit`, and with the last bars what is left until then. What the loop changes is kept in
 * variables of its own: each of them is the input of the next, and the way through memory would take longer than the arithmetic.
 */
function advance(trial: Trial, limit: i32): void {
  let row = <usize>trial.nextRow;
  let value = <usize>trial.nextValue;
  const end = <usize>trial.endRows;
  let cash = trial.cash;
  let coins = trial.coins;
  let equity = trial.equity;
  let done = <i32>trial.done;
  let peak = trial.peak;
  let lowest = trial.lowest;
  let sum = trial.sum;
  let squares = trial.squares;
  let shortfalls = trial.shortfalls;
  const isLast = limit == bars;

  for (;;) {
    // The next order that fills: in this bar, of this worth before the fee.
    let bar = bars;
    let quantity: f64 = 0;
    let worth: f64 = 0;
    for (; row < end; row += 4, value++) {
      const wantsLong = load<i8>(value) > 0;
      if (wantsLong == coins > 0) continue;
      const fill = load<i32>(row) + delay;
      if (fill >= limit) break;
      const reference = valueAt(references, fill);
      const price = wantsLong ? reference * (1 + rules.slippage) : reference * (1 - rules.slippage);
      quantity = wantsLong ? cash / (price * rules.costFactor) : coins;
      worth = quantity * price;
      // A market that does not trade that little leaves everything as it is.
      if (!(quantity > 0) || worth < rules.minNotional) continue;
      bar = fill;
      row += 4;
      value++;
      break;
    }
    if (bar == bars && !isLast) break;

    // What is held now was held through all closes before that bar.
    if (bar > done) {
      let r: f64;
      let bottom: f64;
      if (coins == 0) {
        r = cash / equity - 1;
        equity = cash;
        bottom = cash;
        peak = max(peak, cash);
      } else {
        r = (coins * valueAt(closes, done)) / equity - 1;
        equity = coins * valueAt(closes, bar - 1);
        sum += sumBetween(RETURNS, done, bar - 1);
        squares += sumBetween(SQUARES, done, bar - 1);
        shortfalls += sumBetween(SHORTFALLS, done, bar - 1);
        const extremes = extremesOf(done, bar);
        bottom = coins * f64x2.extract_lane(extremes, 0);
        const top = coins * -f64x2.extract_lane(extremes, 1);
        if (top > peak) {
          // Rounding keeps order, so the extremes decide, except where a new peak may lie on either side of a new low: there it is walked.
          for (let at = done; at < bar && bottom / top < lowest; at++) {
            const point = coins * valueAt(closes, at);
            peak = max(peak, point);
            lowest = min(lowest, point / peak);
          }
          peak = top;
          bottom = top;
        }
      }
      lowest = min(lowest, bottom / peak);
      sum += r;
      squares += r * r;
      const fall = min(r, 0);
      shortfalls += fall * fall;
      if (trial.marked < <f64>marks) markUntil(trial, bar, cash, coins);
      done = bar;
    }
    if (bar == bars) break;

    if (coins == 0) {
      trial.turnover += worth / cash;
      trial.trades += 1;
      trial.spent = cash;
      trial.entryBar = bar;
      coins = quantity * rules.keptShare;
      cash = 0;
    } else {
      trial.turnover += worth / (coins * valueAt(references, bar));
      cash = worth - worth * rules.feeRate;
      coins = 0;
      trial.barsLong += <f64>bar - trial.entryBar;
      addProfit(trial, cash - trial.spent);
    }
  }
  if (isLast && coins > 0) trial.barsLong += <f64>bars - trial.entryBar;

  trial.nextRow = <f64>row;
  trial.nextValue = <f64>value;
  trial.cash = cash;
  trial.coins = coins;
  trial.equity = equity;
  trial.done = done;
  trial.peak = peak;
  trial.lowest = lowest;
  trial.sum = sum;
  trial.squares = squares;
  trial.shortfalls = shortfalls;
}

// @ts-ignore: decorator
@inline
function addProfit(trial: Trial, profit: f64): void {
  const at = <usize>trial.nextProfit;
  store<f64>(at, profit);
  trial.nextProfit = <f64>(at + 8);
  trial.closed += 1;
  trial.profits += profit;
  trial.largest = max(trial.largest, abs(profit));
  trial.wins += <f64>i32(profit > 0);
  trial.grossProfit += max(profit, 0);
  trial.grossLoss -= min(profit, 0);
}

/** Writes the equity at the rows before `until` where it is wanted. */
function markUntil(trial: Trial, until: i32, cash: f64, coins: f64): void {
  let marked = <i32>trial.marked;
  let at = <usize>trial.nextMark;
  for (; marked < marks; marked++, at += 8) {
    const row = load<i32>(markRows + (<usize>marked << 2));
    if (row >= until) break;
    store<f64>(at, coins == 0 ? cash : coins * valueAt(closes, row));
  }
  trial.marked = marked;
  trial.nextMark = <f64>at;
}

/** The profits are known by now, and so is their mean. */
function sumDistances(trial: Trial): void {
  const mean = trial.profits / trial.closed;
  const end = <usize>trial.nextProfit;
  for (let profit = end - (<usize>trial.closed << 3); profit < end; profit += 8) {
    const distance = load<f64>(profit) - mean;
    trial.distances += distance * distance;
  }
}

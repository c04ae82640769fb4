import { valueAt } from './columns';
import { Account, Holding, Rules, Trade } from './records';

/** The run at hand. */
let rules = changetype<Rules>(0);
let account = changetype<Account>(0);
let references: usize = 0;
let trades: usize = 0;
let holdings: usize = 0;

/**
 * Trades a list of signals, long or flat, on bars that are all real and in any quantity: `simulate` of
 * src/backtest/engine/simulate.ts without its curve, step by step the same arithmetic.
 *
 * @param prices what orders fill at, per bar: opens, or closes
 * @param delay bars from a signal to its fill: 1, or 0
 * @param signalRows 32-bit row of each signal, ascending
 * @param signalValues 8-bit 1 or -1
 * @param tradesOut room for one `Trade` per two signals, rounded up
 * @param holdingsOut room for one `Holding` per signal, and one more
 */
export function trade(
  rulesIn: Rules,
  accountOut: Account,
  prices: usize,
  bars: i32,
  delay: i32,
  signalRows: usize,
  signalValues: usize,
  signals: i32,
  tradesOut: usize,
  holdingsOut: usize,
): void {
  rules = rulesIn;
  account = accountOut;
  references = prices;
  trades = tradesOut;
  holdings = holdingsOut;
  memory.fill(changetype<usize>(account), 0, offsetof<Account>());
  account.cash = rules.initialCapital;

  let isLong = false;
  for (let k = 0; k < signals; k++) {
    const wantsLong = load<i8>(signalValues + <usize>k) > 0;
    if (wantsLong == isLong) continue;
    const bar = load<i32>(signalRows + (<usize>k << 2)) + delay;
    if (bar >= bars) break; // later signals fill later still
    const filled = wantsLong ? buy(bar) : sell(bar);
    if (filled) isLong = wantsLong;
  }
  if (isLong) account.barsLong += <f64>bars - openTrade().entryBar;
  holdUntil(bars);
}

/** False when the market does not trade that little: no order. */
function buy(bar: i32): bool {
  const reference = valueAt(references, bar);
  const price = reference * (1 + rules.slippage);
  const equity = account.cash + account.coins * reference;
  const budget = min(min(rules.mostQuote, rules.mostShare * equity), account.cash);
  const quantity = budget / (price * rules.costFactor);
  const value = quantity * price;
  if (!(quantity > 0) || value < rules.minNotional) {
    account.refusedEntries += 1;
    return false;
  }
  holdUntil(bar);
  account.cash -= budget;
  account.coins += quantity * rules.keptShare;
  account.turnover += value / equity;
  account.trades += 1;
  const made = openTrade();
  made.entryBar = bar;
  made.entryPrice = price;
  made.quantity = quantity;
  made.spent = budget;
  made.exitBar = 0;
  made.exitPrice = 0;
  made.proceeds = 0;
  made.fees = value * rules.feeRate;
  made.slippage = quantity * (price - reference);
  return true;
}

/** False when the market does not trade that little: the position stays. */
function sell(bar: i32): bool {
  const reference = valueAt(references, bar);
  const price = reference * (1 - rules.slippage);
  const quantity = account.coins;
  const value = quantity * price;
  if (!(quantity > 0) || value < rules.minNotional) {
    account.refusedExits += 1;
    return false;
  }
  holdUntil(bar);
  const fee = value * rules.feeRate;
  const proceeds = value - fee;
  account.turnover += value / (account.cash + quantity * reference);
  account.cash += proceeds;
  account.coins -= quantity;
  const made = openTrade();
  account.barsLong += <f64>bar - made.entryBar;
  account.closedTrades += 1;
  made.exitBar = bar;
  made.exitPrice = price;
  made.proceeds = proceeds;
  made.fees += fee;
  made.slippage += quantity * (reference - price);
  return true;
}

// @ts-ignore: decorator
@inline
function openTrade(): Trade {
  return changetype<Trade>(trades + (<usize>account.trades - 1) * offsetof<Trade>());
}

/** Notes that what is held now was held on all bars before this one. */
function holdUntil(bar: i32): void {
  const held = changetype<Holding>(holdings + <usize>account.holdings * offsetof<Holding>());
  held.until = bar;
  held.cash = account.cash;
  held.coins = account.coins;
  account.holdings += 1;
}

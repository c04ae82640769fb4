import { valueAt } from './columns';
import { Account, Holding, Rules, Trade } from './records';

/** The run at hand. */
let rules = changetype<Rules>(0);
let account = changetype<Account>(0);
let references: usize = 0;
/** Where the next trade and the next holding go. */
let nextTrade: usize = 0;
let nextHolding: usize = 0;
/** Quote currency and coins held now. */
let cash: f64 = 0;
let coins: f64 = 0;

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
  nextTrade = tradesOut;
  nextHolding = holdingsOut;
  cash = rules.initialCapital;
  coins = 0;
  memory.fill(changetype<usize>(account), 0, offsetof<Account>());

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
  account.cash = cash;
  account.coins = coins;
  account.trades = <f64>((nextTrade - tradesOut) / offsetof<Trade>());
  account.closedTrades = account.trades - (isLong ? 1 : 0);
}

/** False when the market does not trade that little: no order. */
function buy(bar: i32): bool {
  const reference = valueAt(references, bar);
  const price = reference * (1 + rules.slippage);
  const equity = cash + coins * reference;
  const budget = min(min(rules.mostQuote, rules.mostShare * equity), cash);
  const quantity = budget / (price * rules.costFactor);
  const value = quantity * price;
  if (!(quantity > 0) || value < rules.minNotional) {
    account.refusedEntries += 1;
    return false;
  }
  holdUntil(bar);
  cash -= budget;
  coins += quantity * rules.keptShare;
  account.turnover += value / equity;
  nextTrade += offsetof<Trade>();
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
  const quantity = coins;
  const value = quantity * price;
  if (!(quantity > 0) || value < rules.minNotional) {
    account.refusedExits += 1;
    return false;
  }
  holdUntil(bar);
  const fee = value * rules.feeRate;
  const proceeds = value - fee;
  account.turnover += value / (cash + quantity * reference);
  cash += proceeds;
  coins -= quantity;
  const made = openTrade();
  account.barsLong += <f64>bar - made.entryBar;
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
  return changetype<Trade>(nextTrade - offsetof<Trade>());
}

/** Notes that what is held now was held on all bars before this one. */
function holdUntil(bar: i32): void {
  const held = changetype<Holding>(nextHolding);
  held.until = bar;
  held.cash = cash;
  held.coins = coins;
  nextHolding += offsetof<Holding>();
}

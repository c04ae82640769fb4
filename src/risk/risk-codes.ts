/** What a reason of the risk gate means, and what there is to do. */
export interface RiskCode {
  readonly meaning: string;
  readonly remedy: string;
  /** The setting that it is about; null where there is none. */
  readonly setting: string | null;
}

/**
 * Every reason with which the gate refuses or halts on its own account. What reconciliation or data found keeps the code that it was
 * found with (`RECONCILE.MISMATCH`, `CLOCK.OFFSET`).
 */
export const RISK_CODES = {
  'RISK.INVALID': { meaning: 'The proposed order is none: an amount that is no positive decimal, an entry that sells, an exit that buys.', remedy: 'A fault of the program or of a strategy: report it with the decision it came from.', setting: null },
  'RISK.KILL_SWITCH': { meaning: 'The kill switch is thrown: its file exists, or TRADING_KILL_SWITCH is set. The bot is HALTED.', remedy: 'Look why, then `resume`.', setting: 'risk.kill_switch_file' },
  'RISK.HALTED': { meaning: 'The bot is HALTED: nothing is sent, exits neither.', remedy: '`risk show` says why; `resume` when that is settled, `resume --exits-only` to let it only sell.', setting: null },
  'RISK.REDUCING': { meaning: 'The bot is REDUCING: exits only.', remedy: '`risk show` says why; `resume` ends it.', setting: null },
  'RISK.OPERATOR': { meaning: 'An operator halted the bot, or lets it only sell.', remedy: '`resume` when there is no reason for it any more.', setting: null },
  'RISK.CRASH_LOOP': { meaning: 'The service was started five times within ten minutes without having ended in order. The bot is HALTED.', remedy: 'Read the log of the crashes; then `resume`.', setting: null },
  'RISK.EXIT_ABOVE_POSITION': { meaning: 'An exit would sell more coins than the ledger says were bought.', remedy: '`reconcile` shows where ledger and account differ.', setting: null },
  'RISK.RUNAWAY': { meaning: 'So many orders went out within an hour that even exits wait: three times the hourly limit.', remedy: 'Something sends without end: `orders` shows what. It goes on by itself when the hour has passed.', setting: 'risk.max_orders_per_hour' },
  'RISK.MAX_POSITION': { meaning: 'With this purchase the position would be worth more than it may be, at the ask.', remedy: 'Nothing, if a position is held already; else the size of purchases and the limit do not fit.', setting: 'risk.max_position_size_usd' },
  'RISK.MAX_ORDER_VALUE': { meaning: 'The purchase is worth more than one order may be, at the ask.', remedy: 'Lower the size of purchases, or raise the limit.', setting: 'risk.max_order_value_usd' },
  'RISK.ORDERS_PER_HOUR': { meaning: 'The most orders of an hour have been sent; entries wait.', remedy: 'None: it passes. A strategy that trades so often should be looked at.', setting: 'risk.max_orders_per_hour' },
  'RISK.ORDERS_PER_DAY': { meaning: 'The most orders of 24 hours have been sent; entries wait.', remedy: 'None: it passes.', setting: 'risk.max_orders_per_day' },
  'RISK.DAILY_LOSS': { meaning: 'Since UTC midnight the bot lost as much as it may in a day, open position included. The bot is HALTED.', remedy: 'Look at the trades; `resume` counts the day from where it stands then.', setting: 'risk.max_daily_loss_usd' },
  'RISK.DRAWDOWN': { meaning: 'The result of the bot fell as far from its highest as it may, open position included. The bot is HALTED.', remedy: 'Look at the trades; `resume` counts from where the result stands then.', setting: 'risk.max_drawdown_usd' },
  'RISK.LOSING_STREAK': { meaning: 'So many round trips in a row ended with a loss that entries pause.', remedy: 'None: the pause ends by itself; `resume` ends it at once.', setting: 'risk.max_consecutive_losses' },
  'RISK.ERRORS': { meaning: 'So many ticks in a row ended with an error that entries wait for one that does not.', remedy: 'Read the log; it goes on by itself after a tick without error.', setting: 'risk.max_consecutive_errors' },
  'RISK.BOOK': { meaning: 'The order book has no price that could be true.', remedy: 'None: the next tick looks again.', setting: null },
  'RISK.PRICE_DEVIATION': { meaning: 'The middle of the order book is too far from the last close.', remedy: 'None: the next candle is decided on anew. In wild markets the limit may be too tight.', setting: 'risk.max_price_deviation_bps' },
  'RISK.SPREAD': { meaning: 'The spread of the order book is too wide.', remedy: 'None: the next candle is decided on anew.', setting: 'risk.max_spread_bps' },
  'RISK.INSUFFICIENT_QUOTE': { meaning: 'The account has not enough free quote currency for the purchase.', remedy: 'Add funds, or lower the size of purchases.', setting: 'risk.max_position_size_usd' },
  'RISK.MIN_FREE_QUOTE': { meaning: 'After the purchase less quote currency would be free than must stay.', remedy: 'Add funds, or lower the reserve.', setting: 'risk.min_free_quote_usd' },
} as const satisfies Record<string, RiskCode>;

export type RiskCodeName = keyof typeof RISK_CODES;

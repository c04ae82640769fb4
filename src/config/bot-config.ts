import { FEE_SOURCES, type FeeFrom } from '../domain/costs.js';
import { EXCHANGE_ENVIRONMENTS, type ExchangeEnvironment } from '../domain/exchange-environment.js';
import { parseInstant } from '../domain/instant.js';
import { SIZING_RULES, type SizingRule } from '../domain/sizing.js';
import { TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { ChoiceField, FlagField, IntegerField, NumberField, ObjectField, SectionField, TextField } from '../schema/fields.js';
import { HttpConfig } from './http-config.js';
import { NotificationsConfig } from './notifications-config.js';

export type ExecutionMode = 'paper' | 'live';

export const LIVE_ORDER_TYPES = ['limit_ioc', 'market'] as const;
export type LiveOrderType = (typeof LIVE_ORDER_TYPES)[number];

/** Where candles come from. */
export type SourceKind = 'exchange' | 'built-in';

const INSTANT = { accepts: (text: string) => parseInstant(text) !== null, expected: 'an existing date or time such as 2024-01-31 or 2024-01-31T12:00Z' };

export class ExchangeConfig {
  @TextField({ doc: 'Exchange as ccxt names it, e.g. binance, kraken, coinbase.', pattern: /^[a-z][a-z0-9]{1,30}$/, expected: 'a name of lower-case letters and digits, e.g. binance' })
  id = 'binance';

  @NumberField({ doc: 'Seconds that one request may take, its body included.', min: 1, max: 300 })
  timeoutSeconds = 15;

  @ChoiceField({ doc: 'Which of the exchange\'s worlds orders go to: production (real money), sandbox (its test network), demo. Candles always come from production.', choices: EXCHANGE_ENVIRONMENTS })
  environment: ExchangeEnvironment = 'production';

  @IntegerField({ doc: 'Milliseconds after its own timestamp at which the exchange stops taking an order.', min: 1000, max: 10_000 })
  recvWindowMs = 5000;
}

export class ExecutionConfig {
  @ChoiceField({ doc: 'How live orders are sent: limit_ioc fills at once within slippage_cap_bps or not at all; market takes any price.', choices: LIVE_ORDER_TYPES })
  orderType: LiveOrderType = 'limit_ioc';

  @NumberField({ doc: 'Worst price taken, in hundredths of a percent from the price decided on.', min: 1, max: 1000 })
  slippageCapBps = 50;

  @IntegerField({ doc: 'Seconds after which a limit order that still rests is cancelled.', min: 1, max: 86_400 })
  openOrderTimeoutSeconds = 60;

  @IntegerField({ doc: 'Seconds that one tick may take; below the length of a candle.', min: 5, max: 600 })
  tickDeadlineSeconds = 50;
}

export class StrategyConfig {
  @TextField({ doc: 'Name of the strategy; `strategies` lists them.', pattern: /^\S+$/, expected: 'the name of a strategy' })
  name = 'sma_cross';

  @ObjectField({ doc: "The strategy's parameters; what is left out takes its default." })
  params: Record<string, unknown> = {};

  @TextField({ doc: 'Folder of strategies of your own, files *.strategy.ts or .js: their code runs with the rights of the bot.', pattern: /^[^\0]{1,400}$/, expected: 'a folder', optional: true })
  path?: string;
}

export class RiskConfig {
  @NumberField({ doc: 'Largest position in quote currency (USD for BTC/USDT): what one purchase spends with sizing fixed_quote.', min: 0, above: true, max: 1e9 })
  maxPositionSizeUsd = 100;

  @NumberField({ doc: 'Largest value of one order in quote currency. Left out: max_position_size_usd and 1 %, for the price may move on the way.', min: 0, above: true, max: 1e9, optional: true })
  maxOrderValueUsd?: number;

  @IntegerField({ doc: 'Most orders in any hour; 0 turns the limit off.', min: 0, max: 10_000 })
  maxOrdersPerHour = 10;

  @IntegerField({ doc: 'Most orders in any 24 hours; 0 turns the limit off.', min: 0, max: 100_000 })
  maxOrdersPerDay = 50;

  @NumberField({ doc: 'Loss since UTC midnight, open position included, at which the bot halts, quote currency; 0 turns it off. Left out: half of max_position_size_usd.', min: 0, max: 1e9, optional: true })
  maxDailyLossUsd?: number;

  @NumberField({ doc: 'Fall of the bot\'s own result from its highest, open position included, at which it halts, quote currency; 0 turns it off. Left out: max_position_size_usd.', min: 0, max: 1e9, optional: true })
  maxDrawdownUsd?: number;

  @IntegerField({ doc: 'Losing round trips in a row after which entries pause for cooldown_minutes; 0 turns it off.', min: 0, max: 1000 })
  maxConsecutiveLosses = 5;

  @IntegerField({ doc: 'Minutes without entries after max_consecutive_losses.', min: 1, max: 100_000 })
  cooldownMinutes = 240;

  @NumberField({ doc: 'Most that the middle of the order book may differ from the last close for an entry, in hundredths of a percent; 0 turns it off.', min: 0, max: 5000 })
  maxPriceDeviationBps = 200;

  @NumberField({ doc: 'Widest spread of the order book for an entry, in hundredths of a percent; 0 turns it off.', min: 0, max: 5000 })
  maxSpreadBps = 50;

  @NumberField({ doc: 'Quote currency that an entry must leave free in the account.', min: 0, max: 1e12 })
  minFreeQuoteUsd = 0;

  @IntegerField({ doc: 'Ticks in a row that may end with an error before entries stop; 0 turns it off.', min: 0, max: 1000 })
  maxConsecutiveErrors = 10;

  @TextField({ doc: 'While this file exists no order is sent; relative to storage.data_dir.', pattern: /^[^\0]{1,200}$/, expected: 'a file name' })
  killSwitchFile = 'KILL';
}

export class BacktestConfig {
  @TextField({ doc: 'First moment tested, UTC. Left out: a year before the end.', optional: true, ...INSTANT })
  start?: string;

  @TextField({ doc: 'First moment no longer tested, UTC. Left out: the last closed candle.', optional: true, ...INSTANT })
  end?: string;

  @NumberField({ doc: 'Quote currency at the start.', min: 0, above: true, max: 1e12 })
  initialCapital = 10_000;

  @NumberField({ doc: 'Fee per side as a fraction: 0.001 = 0.1 %.', min: 0, max: 0.2 })
  feeRate = 0.001;

  @ChoiceField({ doc: 'Fee of a purchase: taken from the coins received (as spot exchanges do), or paid on top in quote currency.', choices: FEE_SOURCES })
  feeFrom: FeeFrom = 'received';

  @NumberField({ doc: 'Slippage against us per side, in hundredths of a percent.', min: 0, max: 1000 })
  slippageBps = 2;

  @NumberField({ doc: 'Smallest quantity that is traded, and what every quantity is a multiple of, in coins, e.g. 0.00001; 0 trades any quantity.', min: 0, max: 1e6 })
  quantityStep = 0;

  @NumberField({ doc: 'Least value of one order, quote currency, e.g. 5: what is worth less is not bought, nor sold; 0 for none.', min: 0, max: 1e6 })
  minNotional = 0;

  @ChoiceField({ doc: "When orders fill: at the next bar's open, or at the signal bar's own close (which a bot cannot do).", choices: ['next_open', 'close'] })
  fill: 'next_open' | 'close' = 'next_open';

  @ChoiceField({ doc: 'How much a purchase uses: all_in (all cash), fixed_quote (risk.max_position_size_usd, as live), fraction (of equity).', choices: SIZING_RULES })
  sizing: SizingRule = 'all_in';

  @NumberField({ doc: 'Share of the equity for sizing fraction.', min: 0, above: true, max: 1 })
  fraction = 1;
}

export class DataConfig {
  @TextField({ doc: 'Folder of candle files, {BASE}_{QUOTE}_{TIMEFRAME}.csv.' })
  cacheDir = 'data_cache';

  @ChoiceField({ doc: 'Where candles come from: the exchange (kept in the folder), or the built-in, made-up market.', choices: ['exchange', 'built-in'] })
  source: SourceKind = 'exchange';

  @FlagField({ doc: 'Never ask the exchange: use what the folder holds.' })
  offline = false;

  @IntegerField({ doc: 'Seed of everything random, the built-in market included.', min: 0, max: 4294967295 })
  seed = 1;
}

export class StorageConfig {
  @TextField({ doc: 'Folder of saved results.' })
  resultsDir = 'results';

  @TextField({ doc: 'Folder of the ledger, its backups and its lock. Back it up; never share it between two bots, nor put it on a network disk.' })
  dataDir = 'data';
}

export class ScheduleConfig {
  @IntegerField({ doc: "Seconds after a candle's close before the service looks at it: exchanges need a moment to settle it.", min: 1, max: 50 })
  delaySeconds = 5;
}

/** Everything that can be set, checked and never changed afterwards. */
export class BotConfig {
  @ChoiceField({ doc: 'paper trades in a ledger only; live sends orders.', choices: ['paper', 'live'] })
  executionMode: ExecutionMode = 'paper';

  @TextField({ doc: 'Name of the bot in its ledger: what it trades is booked under it.', pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, expected: 'a name of letters, digits, dots and dashes, e.g. bot-1' })
  botId = 'bot-1';

  @SectionField({ doc: 'The exchange.', section: ExchangeConfig })
  exchange = new ExchangeConfig();

  @TextField({ doc: 'Market as BASE/QUOTE.', pattern: /^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/, expected: 'a market as BASE/QUOTE in capitals, e.g. BTC/USDT' })
  symbol = 'BTC/USDT';

  @ChoiceField({ doc: 'Length of a candle.', choices: TIMEFRAMES })
  timeframe: Timeframe = '1h';

  @SectionField({ doc: 'The strategy and its parameters.', section: StrategyConfig })
  strategy = new StrategyConfig();

  @SectionField({ doc: 'How orders are sent.', section: ExecutionConfig })
  execution = new ExecutionConfig();

  @SectionField({ doc: 'Limits of risk.', section: RiskConfig })
  risk = new RiskConfig();

  @SectionField({ doc: 'How backtests are run.', section: BacktestConfig })
  backtest = new BacktestConfig();

  @SectionField({ doc: 'Candles.', section: DataConfig })
  data = new DataConfig();

  @SectionField({ doc: 'Where results and the ledger go.', section: StorageConfig })
  storage = new StorageConfig();

  @SectionField({ doc: 'When the service wakes.', section: ScheduleConfig })
  schedule = new ScheduleConfig();

  @SectionField({ doc: 'Who is told what happens.', section: NotificationsConfig })
  notifications = new NotificationsConfig();

  @SectionField({ doc: 'Health and metrics over HTTP.', section: HttpConfig })
  http = new HttpConfig();
}

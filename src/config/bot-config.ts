import { FEE_SOURCES, type FeeFrom } from '../domain/costs.js';
import { parseInstant } from '../domain/instant.js';
import { SIZING_RULES, type SizingRule } from '../domain/sizing.js';
import { TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { ChoiceField, FlagField, IntegerField, NumberField, ObjectField, SectionField, TextField } from '../schema/fields.js';

export type ExecutionMode = 'paper' | 'live';

/** Where candles come from. */
export type SourceKind = 'exchange' | 'built-in';

const INSTANT = { accepts: (text: string) => parseInstant(text) !== null, expected: 'an existing date or time such as 2024-01-31 or 2024-01-31T12:00Z' };

export class ExchangeConfig {
  @TextField({ doc: 'Exchange as ccxt names it, e.g. binance, kraken, coinbase.', pattern: /^[a-z][a-z0-9]{1,30}$/, expected: 'a name of lower-case letters and digits, e.g. binance' })
  id = 'binance';

  @NumberField({ doc: 'Seconds that one request may take, its body included.', min: 1, max: 300 })
  timeoutSeconds = 15;
}

export class StrategyConfig {
  @TextField({ doc: 'Name of the strategy; `strategies` lists them.', pattern: /^\S+$/, expected: 'the name of a strategy' })
  name = 'sma_cross';

  @ObjectField({ doc: "The strategy's parameters; what is left out takes its default." })
  params: Record<string, unknown> = {};
}

export class RiskConfig {
  @NumberField({ doc: 'Largest position in quote currency (USD for BTC/USDT): what one purchase spends with sizing fixed_quote.', min: 0, above: true, max: 1e9 })
  maxPositionSizeUsd = 100;
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
}

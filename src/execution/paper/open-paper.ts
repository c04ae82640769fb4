import type { BotConfig } from '../../config/bot-config.js';
import { bookedExchange } from '../../config/booked-exchange.js';
import { costsOf } from '../../config/costs-of.js';
import type { CandleSource, DataHandler } from '../../data/data-handler.js';
import type { Clock } from '../../domain/clock.js';
import { fromNumber } from '../../domain/decimal.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { MarketClients } from '../../exchange/market-client.js';
import { SyntheticMarket } from '../../exchange/synthetic-market.js';
import type { TradeRepository } from '../../persistence/repositories/trade-repository.js';
import { BuiltInPaperMarket } from './built-in-paper-market.js';
import { ExchangePaperMarket } from './exchange-paper-market.js';
import { MarketPrices } from './market-prices.js';
import { OfflinePaperMarket } from './offline-paper-market.js';
import { PaperAccount } from './paper-account.js';
import { PaperExecutor } from './paper-executor.js';
import { assetsOf, plainRules, type PaperMarket } from './paper-market.js';
import type { PriceSource } from './price-source.js';

export interface PaperDesk {
  readonly executor: PaperExecutor;
  readonly account: PaperAccount;
}

/** What paper trading needs from the rest of the application. */
export interface PaperNeeds {
  readonly trades: Pick<TradeRepository, 'positions'>;
  readonly clock: Clock;
  readonly data: DataHandler;
  readonly source: CandleSource;
  readonly markets: MarketClients;
}

/**
 * Paper trading by the settings: on the exchange's public market, on the candles of a folder where the exchange is not to be asked, or on
 * the made-up market.
 *
 * @throws ConfigError when there is no such exchange
 */
export async function openPaper(config: BotConfig, needs: PaperNeeds): Promise<PaperDesk> {
  const market = await marketOf(config, needs);
  return paperDesk(config, market, new MarketPrices(market, config.timeframe), needs.trades);
}

/** The same with a market and prices of one's own, e.g. recorded ones. */
export function paperDesk(config: BotConfig, market: PaperMarket, prices: PriceSource, trades: Pick<TradeRepository, 'positions'>): PaperDesk {
  const exchange = bookedExchange(config, 'paper');
  const { initialCapital } = config.backtest;
  const book = { botId: config.botId, exchange, capitalAsset: assetsOf(config.symbol).quote, capital: fromNumber(initialCapital) };
  const account = new PaperAccount(book, market, trades);
  return { account, executor: new PaperExecutor(account, prices, costsOf(config.backtest)) };
}

/** The rules that a backtest by these settings trades by, for whoever compares the two. */
export function backtestRules({ symbol, backtest }: BotConfig): MarketRules {
  return plainRules(symbol, { priceStep: '0', quantityStep: fromNumber(backtest.quantityStep), minNotional: fromNumber(backtest.minNotional) });
}

async function marketOf({ timeframe }: BotConfig, { clock, data, source, markets }: PaperNeeds): Promise<PaperMarket> {
  if (source.kind === 'built-in') return new BuiltInPaperMarket(new SyntheticMarket(source.seed), clock);
  if (source.offline) return new OfflinePaperMarket(data, { timeframe, source }, clock);
  return new ExchangePaperMarket(await markets.open(source.exchange, { timeoutMs: source.timeoutMs }));
}

import type { BotConfig } from '../config/bot-config.js';
import type { FoundCredentials } from '../config/credentials.js';
import type { Environment } from '../config/resolve-config.js';
import type { DataHandler } from '../data/data-handler.js';
import { sourceOf } from '../data/source-of.js';
import type { Clock } from '../domain/clock.js';
import { testBaseUrl } from '../exchange/base-url.js';
import type { MarketClients } from '../exchange/market-client.js';
import type { TradingAccount, TradingClient } from '../exchange/trading-client.js';
import { openTradingClient } from '../exchange/trading-clients.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { TradeRepository } from '../persistence/repositories/trade-repository.js';
import { BinanceExecutor } from './binance-executor.js';
import type { Executor } from './executor.js';
import { assertLive } from './live-keys.js';
import { openPaper } from './paper/open-paper.js';
import type { PaperExecutor } from './paper/paper-executor.js';

export interface AccountNeeds {
  readonly config: BotConfig;
  readonly data: DataHandler;
  readonly markets: MarketClients;
  /** Looked at for the words of live trading, and for the address of a test exchange. */
  readonly env: Environment;
  /** Key and secret of the account; asked for live trading only. @throws ConfigError */
  readonly credentials: () => FoundCredentials;
  readonly clock: Clock;
}

/** An account, and what carries orders out on it: on paper, or on the exchange. */
export type OpenAccount =
  | { readonly mode: 'paper'; readonly account: TradingAccount; readonly executor: PaperExecutor }
  | { readonly mode: 'live'; readonly account: TradingAccount; readonly executor: Executor; readonly client: TradingClient };

/**
 * The one place that chooses between paper and live. What is missing for live is said at once, before anything is locked or signed.
 *
 * @returns what opens the account, once the ledger is ours
 * @throws SafetyHalt naming every key of live trading that is missing; ConfigError
 */
export function prepareAccount(needs: AccountNeeds): (database: LedgerDatabase) => Promise<OpenAccount> {
  const { config, data, markets, env, clock } = needs;
  if (config.executionMode === 'paper') {
    return async (database) => ({ mode: 'paper', ...(await openPaper(config, { trades: new TradeRepository(database), clock, data, source: sourceOf(config), markets })) });
  }
  const { id, timeoutSeconds, recvWindowMs, environment } = config.exchange;
  const credentials = assertLive({ executionMode: config.executionMode, exchange: id, env, credentials: needs.credentials() });
  const baseUrl = testBaseUrl(env);
  return async () => {
    const client = await openTradingClient({ exchange: id, credentials, timeoutMs: timeoutSeconds * 1000, recvWindowMs, environment, baseUrl });
    return { mode: 'live', account: client, executor: new BinanceExecutor(client, clock), client };
  };
}

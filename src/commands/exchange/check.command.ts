import { setTimeout as sleep } from 'node:timers/promises';

import { Option, SubCommand } from 'nest-commander';

import type { BotConfig } from '../../config/bot-config.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import type { FoundCredentials } from '../../config/credentials.js';
import type { Clock } from '../../domain/clock.js';
import { testBaseUrl } from '../../exchange/base-url.js';
import { MarketClients } from '../../exchange/market-client.js';
import type { TradingClient } from '../../exchange/trading-client.js';
import { BaseCommand } from '../base.command.js';
import { configFileOf, EXCHANGE_FLAGS, MARKET_FLAGS } from '../data/data-flags.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { checkDocument, checkReport } from './check-report.js';
import { checkExchange } from './check-exchange.js';

const FLAGS = [...MARKET_FLAGS, ...EXCHANGE_FLAGS];
/** What a start that is refused ends with, too. */
const REFUSED = 3;

const SYSTEM_CLOCK: Clock = { now: () => Date.now(), monotonic: () => performance.now(), sleep: (ms) => sleep(ms) };

@SubCommand({ name: 'check', description: 'Look at the exchange, the market and the key, and say what would stop a live start. Sends no order. Works without a key.' })
@SettingFlags(FLAGS)
export class ExchangeCheckCommand extends BaseCommand {
  constructor(
    private readonly configs: ConfigLoader,
    private readonly markets: MarketClients,
  ) {
    super();
  }

  async run(_args: string[], options: Record<string, unknown>): Promise<void> {
    const { config } = this.configs.load(givenFlags(FLAGS, options), configFileOf(options));
    const { executionMode, exchange } = config;
    const credentials = this.configs.credentials(exchange.id);
    const client = await openClient(config, credentials);
    const check = await checkExchange({
      config,
      live: { executionMode, exchange: exchange.id, env: this.configs.liveWords(), credentials },
      market: client ?? (await this.markets.open(exchange.id, { timeoutMs: exchange.timeoutSeconds * 1000 })),
      account: client,
      origin: client?.origin ?? null,
      clock: SYSTEM_CLOCK,
    });
    this.print(options['json'] === true ? JSON.stringify(checkDocument(check, config), null, 2) : checkReport(check, config));
    const anyKey = credentials.apiKey !== null || credentials.secret !== null;
    if (anyKey && check.obstacles.length > 0) process.exitCode = REFUSED;
    // Without a key there is nothing but the public side, and then it is that which was asked for.
    else if (!anyKey && check.clock === null && check.rules === null && check.book === null) process.exitCode = 1;
  }

  @Option({ flags: '--json', description: 'Print JSON.' })
  readJson(): boolean {
    return true;
  }

  @Option({ flags: '--config <file>', description: 'Settings file (default: BOT_CONFIG, else settings/config.json).' })
  readConfig(file: string): string {
    return file;
  }
}

/** The client that would trade; null where there is no key. The library is loaded when it is needed. */
async function openClient({ exchange }: BotConfig, { apiKey, secret, password }: FoundCredentials): Promise<TradingClient | null> {
  if (apiKey === null || secret === null) return null;
  const { openTradingClient } = await import('../../exchange/trading-clients.js');
  const { id, timeoutSeconds, recvWindowMs, environment } = exchange;
  return openTradingClient({ exchange: id, credentials: { apiKey, secret, password }, timeoutMs: timeoutSeconds * 1000, recvWindowMs, environment, baseUrl: testBaseUrl(process.env) });
}

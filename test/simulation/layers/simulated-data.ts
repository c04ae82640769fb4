import { join } from 'node:path';

import ccxt from 'ccxt';

import { CandleDownloaderService, type DownloadQuery } from '../../../src/data/candle-downloader.service.js';
import type { CandleSource, DataHandler } from '../../../src/data/data-handler.js';
import type { DownloadHooks, DownloadOutcome } from '../../../src/data/download.js';
import { MarketDataService } from '../../../src/data/market-data.service.js';
import { CcxtMarketClient } from '../../../src/exchange/ccxt-market-client.js';
import { MarketClients, type MarketClient } from '../../../src/exchange/market-client.js';
import { IN_PROCESS_URL, pointAt, SPOT_ONLY } from '../../support/exchange/ccxt-client.js';
import type { SimulatedWorld } from '../world/simulated-world.js';

/** The client's own deadline is a timer of the machine and must never fire; the line's runs on virtual time. */
const FAR_MS = 600_000;

/** Candles as the service gets them, in a folder of the simulated machine; waits pass in virtual time. */
export function simulatedData(world: SimulatedWorld): { readonly data: DataHandler; readonly source: CandleSource } {
  const source: CandleSource = { kind: 'exchange', exchange: 'binance', timeoutMs: FAR_MS, cacheDir: join(world.storage.folder, 'candles'), offline: false };
  return { data: new MarketDataService(new PatientDownloader(new SimulatedMarkets(world), world)), source };
}

class SimulatedMarkets extends MarketClients {
  constructor(private readonly world: SimulatedWorld) {
    super();
  }

  async open(): Promise<MarketClient> {
    const { clock, wire } = this.world;
    const exchange = new ccxt.binance(SPOT_ONLY);
    exchange.fetchImplementation = wire.plainFetch;
    exchange.milliseconds = () => clock.now();
    return Promise.resolve(new CcxtMarketClient(pointAt(exchange, IN_PROCESS_URL), FAR_MS));
  }
}

class PatientDownloader extends CandleDownloaderService {
  constructor(
    clients: MarketClients,
    private readonly world: SimulatedWorld,
  ) {
    super(clients);
  }

  override download(query: DownloadQuery, hooks: DownloadHooks): Promise<DownloadOutcome> {
    const { clock, draws } = this.world;
    const pace = { sleep: (ms: number): Promise<void> => clock.sleep(ms), random: (): number => draws.nextU32() / 2 ** 32, now: (): number => clock.now() };
    return super.download(query, { ...hooks, pace });
  }
}

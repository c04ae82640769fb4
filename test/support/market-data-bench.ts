import { CandleDownloaderService, type DownloadQuery } from '../../src/data/candle-downloader.service.js';
import { columnsOf } from '../../src/data/candle-rows.js';
import { CandleStore } from '../../src/data/candle-store.js';
import { downloadInto, type DownloadHooks, type DownloadOutcome } from '../../src/data/download.js';
import { MarketDataService } from '../../src/data/market-data.service.js';
import type { Pace } from '../../src/data/pace.js';
import { CandleDataError } from '../../src/domain/errors.js';
import type { Timeframe } from '../../src/domain/timeframe.js';
import { CcxtMarketClient } from '../../src/exchange/ccxt-market-client.js';
import { MarketClients, type MarketClient } from '../../src/exchange/market-client.js';
import type { JournalOf } from './exchange/base/journal.js';
import { ccxtFor } from './exchange/ccxt-client.js';
import { FakeBinance, type FakeConfig } from './exchange/fake-binance.js';
import type { Effect, KlineOperation } from './exchange/faults/effect.js';
import type { FaultRule } from './exchange/faults/rule.js';
import type { FetchOptions } from './exchange/in-process.js';
import { filesOf } from './folder-files.js';

export const HOUR = 3_600_000;
/** The exchange's time when a bench opens: 13 minutes and 20 seconds into an hour. */
export const NOW = 1_700_000_000_000;
/** Open time of an hour counted from the one that is forming: -1 is the last closed one. */
export const hour = (count: number): number => 1_699_999_200_000 + count * HOUR;

export const SYMBOL = 'BTC/USDT';
const KLINES = '/api/v3/klines';

/** Waits take no time here: the exchange's clock moves instead. */
export class VirtualPace implements Pace {
  readonly sleeps: number[] = [];
  /** Called before each wait. */
  onSleep: (ms: number) => void = () => {};

  constructor(private readonly exchange: FakeBinance) {}

  async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    this.onSleep(ms);
    this.exchange.advance(Math.ceil(ms));
  }

  random(): number {
    return 0.5;
  }

  now(): number {
    return this.exchange.now;
  }
}

export interface BenchOptions {
  readonly config?: FakeConfig;
  /** One that is there already. */
  readonly exchange?: FakeBinance;
  readonly timeoutMs?: number;
  readonly timeframe?: Timeframe;
  readonly fetch?: FetchOptions;
  /** Changes the addresses that the library asks. */
  readonly rewrite?: (url: string) => string;
}

/** The real library against the test exchange without a network, and a folder of candles. Two hundred hours of history. */
export class MarketDataBench {
  readonly exchange: FakeBinance;
  readonly pace: VirtualPace;
  readonly client: MarketClient;
  readonly store: CandleStore;
  readonly timeframe: Timeframe;

  constructor(
    readonly folder: string,
    { config = {}, exchange, timeoutMs = 10_000, timeframe = '1h', fetch = {}, rewrite }: BenchOptions = {},
  ) {
    this.exchange = exchange ?? new FakeBinance({ symbols: ['BTCUSDT'], now: NOW, ...config, feed: { BTCUSDT: { stepMs: HOUR / 3, historyMs: 200 * HOUR }, ...config.feed } });
    this.pace = new VirtualPace(this.exchange);
    const library = ccxtFor(this.exchange, { timeout: timeoutMs }, fetch);
    const ask = library.fetchImplementation as typeof globalThis.fetch;
    if (rewrite !== undefined) library.fetchImplementation = (url: string, init?: RequestInit) => ask(rewrite(url), init);
    this.client = new CcxtMarketClient(library, timeoutMs);
    this.store = new CandleStore(folder);
    this.timeframe = timeframe;
  }

  /** Fetches hours [from, to) counted from the forming one. */
  download(from: number, to = 0, hooks: Partial<DownloadHooks> = {}): Promise<DownloadOutcome> {
    return this.fetch(hour(from), hour(to), hooks);
  }

  fetch(from: number, to: number, hooks: Partial<DownloadHooks> = {}): Promise<DownloadOutcome> {
    return downloadInto(this.store, this.client, { symbol: SYMBOL, timeframe: this.timeframe, from, to }, { pace: this.pace, ...hooks });
  }

  /** Damages the answers to questions for candles. */
  damage(operation: KlineOperation, rule: Omit<FaultRule, 'effect'> = {}): void {
    this.spoil({ type: 'klines', ...operation }, rule);
  }

  /** Spoils the answers to questions for candles, or to others by `match`. */
  spoil(effect: Effect, rule: Omit<FaultRule, 'effect'> = {}): void {
    this.exchange.control({ command: 'faults', rules: [{ match: { path: `^${KLINES}$` }, ...rule, effect }] });
  }

  heal(): void {
    this.exchange.control({ command: 'clearFaults' });
  }

  /** What the exchange was asked, in order. */
  get requests(): JournalOf<'request'>[] {
    return this.exchange.journal.filter((entry): entry is JournalOf<'request'> => entry.type === 'request');
  }

  /** Start and number of the candles asked for, in hours and rows. */
  get pages(): (readonly [number, number])[] {
    return this.requests.filter(({ path }) => path === KLINES).map(({ params }) => [(Number(params['startTime']) - hour(0)) / HOUR, Number(params['limit'])] as const);
  }

  /** Hours for which there is a candle on file. */
  get hours(): number[] {
    return Array.from(this.store.load(SYMBOL, this.timeframe).rows.openTime, (time) => (time - hour(0)) / HOUR);
  }

  /** The candles on file as rows. */
  get candles(): number[][] {
    const columns = columnsOf(this.store.load(SYMBOL, this.timeframe).rows);
    return Array.from(columns[0], (_, i) => columns.map((column) => column[i]));
  }

  get files(): Readonly<Record<string, string>> {
    return filesOf(this.folder);
  }

  /** The door that the bot uses, asking this exchange. */
  get data(): MarketDataService {
    return new MarketDataService(new PacedDownloader(new OneClient(this.client), this.pace));
  }

  get source(): { kind: 'exchange'; exchange: string; timeoutMs: number; cacheDir: string; offline: boolean } {
    return { kind: 'exchange', exchange: 'binance', timeoutMs: 10_000, cacheDir: this.folder, offline: false };
  }
}

/** The words with which the work is refused; it must leave every file of the folder as it was. */
export async function refusal(bench: MarketDataBench, work: () => Promise<unknown>): Promise<string> {
  const before = bench.files;
  const error: unknown = await work().then(
    () => 'nothing was refused',
    (reason: unknown) => reason,
  );
  if (!(error instanceof CandleDataError)) throw error;
  expect(bench.files).toEqual(before);
  return `${error.code} ${error.message}`;
}

class OneClient extends MarketClients {
  constructor(private readonly client: MarketClient) {
    super();
  }

  async open(): Promise<MarketClient> {
    return this.client;
  }
}

class PacedDownloader extends CandleDownloaderService {
  constructor(
    clients: MarketClients,
    private readonly pace: Pace,
  ) {
    super(clients);
  }

  override download(query: DownloadQuery, hooks: DownloadHooks): Promise<DownloadOutcome> {
    return super.download(query, { ...hooks, pace: this.pace });
  }
}

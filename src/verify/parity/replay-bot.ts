import { assembleBot, type AssembledBot } from '../../bot/assemble-bot.js';
import { PaperPrices } from '../../bot/entry-prices.js';
import type { BotConfig } from '../../config/bot-config.js';
import type { Candles } from '../../domain/candles.js';
import type { Clock } from '../../domain/clock.js';
import { CandleDataError } from '../../domain/errors.js';
import type { MarketRules } from '../../domain/market-rules.js';
import { Random } from '../../domain/random.js';
import { barOpenAt } from '../../domain/timeframe.js';
import { DataHandler, type CandleSource, type History, type RecentQuery } from '../../data/data-handler.js';
import { CandlePrices } from '../../execution/paper/candle-prices.js';
import { paperDesk } from '../../execution/paper/open-paper.js';
import { RecordedPaperMarket } from '../../execution/paper/recorded-paper-market.js';
import { openLedger, type Ledger } from '../../persistence/open-ledger.js';
import type { FillEntity } from '../../persistence/entities/fill.entity.js';
import type { SignalEntity } from '../../persistence/entities/signal.entity.js';
import { FillQueries } from '../../persistence/repositories/fill-queries.js';
import { SignalQueries } from '../../persistence/repositories/signal-repository.js';
import { TradeRepository } from '../../persistence/repositories/trade-repository.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';

export interface ReplayRequest {
  readonly config: BotConfig;
  readonly strategy: BoundStrategy;
  /** Warm-up included. */
  readonly candles: Candles;
  /** First bar that is decided on. */
  readonly from: number;
  readonly rules: MarketRules;
  /** Folder of the replay's own ledger; empty. */
  readonly dataDir: string;
  /** How often the bot is thrown away and begun anew from its ledger, at bars drawn from the seed. */
  readonly restarts: number;
  readonly seed: number;
}

/** What the ledger holds at the end. */
export interface ReplayedLedger {
  readonly signals: readonly SignalEntity[];
  readonly fills: readonly FillEntity[];
  readonly ticks: number;
}

/** After the close, as the service looks. */
const AFTER_CLOSE_MS = 1000;
const PAGE = 10_000;
/**
 * Lives through recorded candles with the real bot: `runOnce` after every close, on a clock of its own, with the paper executor and a
 * real ledger on disk. @throws LedgerError
 */
export async function replayBot(request: ReplayRequest): Promise<ReplayedLedger> {
  const { candles, from, restarts, seed } = request;
  const clock = new ReplayClock(candles.openTime[from]);
  const restartAt = new Set(restartBars(from, candles.length, restarts, seed));
  let run = await begin(request, clock);
  let ticks = 0;
  try {
    for (let bar = from; bar < candles.length; bar++) {
      if (restartAt.has(bar)) {
        await run.ledger.close();
        run = await begin(request, clock);
      }
      clock.moveTo(candles.closeTime(bar) + AFTER_CLOSE_MS);
      await run.bot.bot.runOnce(clock.now());
      ticks++;
    }
    return { ...(await read(run.ledger, request)), ticks };
  } finally {
    await run.ledger.close();
  }
}

async function begin({ config, strategy, candles, rules, dataDir, seed }: ReplayRequest, clock: Clock): Promise<{ ledger: Ledger; bot: AssembledBot }> {
  const ledger = await openLedger({ dataDir, botId: config.botId, nowMs: clock.now() });
  const market = new RecordedPaperMarket(candles, rules, clock);
  const { account, executor } = paperDesk(config, market, new CandlePrices(candles), new TradeRepository(ledger.database));
  const random = new Random(seed);
  const bot = assembleBot({
    config,
    strategy,
    data: new RecordedCandles(candles),
    source: REPLAYED,
    database: ledger.database,
    account,
    executor,
    prices: new PaperPrices(executor, config.symbol),
    killSwitch: { isThrown: () => ({ thrown: false, by: null }) },
    requests: null,
    allowWithdrawals: false,
    clock,
    random: () => random.float(),
    entriesOverGaps: true,
  });
  return { ledger, bot };
}

async function read({ database }: Ledger, { config }: ReplayRequest): Promise<Pick<ReplayedLedger, 'signals' | 'fills'>> {
  const filter = { botId: config.botId, mode: 'paper' } as const;
  const all = async <R>(list: (page: { limit: number; offset: number }) => Promise<R[]>): Promise<R[]> => {
    const rows: R[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const page = await list({ limit: PAGE, offset });
      rows.push(...page);
      if (page.length < PAGE) return rows.reverse();
    }
  };
  const [signals, fills] = [new SignalQueries(database), new FillQueries(database)];
  return { signals: await all((page) => signals.list(filter, page)), fills: await all((page) => fills.list(filter, page)) };
}

function restartBars(from: number, to: number, count: number, seed: number): number[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => from + 1 + random.integer(Math.max(1, to - from - 1)));
}

const REPLAYED: CandleSource = { kind: 'built-in', seed: 0 };

/** Recorded candles, as far as they had closed. */
class RecordedCandles extends DataHandler {
  constructor(private readonly candles: Candles) {
    super();
  }

  async history(): Promise<History> {
    return Promise.resolve({ candles: this.candles, from: 0 });
  }

  async recent({ timeframe, bars, nowMs }: RecentQuery): Promise<Candles> {
    const end = this.candles.indexFrom(barOpenAt(nowMs, timeframe));
    if (end === 0) throw new CandleDataError('DATA.STALE', 'No candle has closed yet');
    return Promise.resolve(this.candles.slice(Math.max(0, end - bars), end));
  }
}

/** Time that passes only when it is moved or waited for. */
class ReplayClock implements Clock {
  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    this.time += ms;
    return Promise.resolve();
  }

  moveTo(ms: number): void {
    this.time = Math.max(this.time, ms);
  }
}

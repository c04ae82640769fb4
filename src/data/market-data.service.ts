import { Injectable } from '@nestjs/common';

import type { Candles } from '../domain/candles.js';
import { CandleDataError, ExchangeUnavailable } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { barOpenAt, barOpenFrom, DAY_MS, timeframeMs, YEAR_MS, type Timeframe } from '../domain/timeframe.js';
import { SyntheticMarket } from '../exchange/synthetic-market.js';
import { CandleDownloaderService } from './candle-downloader.service.js';
import { completeGrid } from './candle-grid.js';
import { rowFrom, sliceRows } from './candle-rows.js';
import { CandleStore, type StoredCandles } from './candle-store.js';
import { DataHandler, type CandleSource, type History, type HistoryQuery, type RecentQuery } from './data-handler.js';
import { NO_WAIT, REAL_PACE, type Pace } from './pace.js';
import { uncovered, type TimeRange } from './ranges.js';

type ExchangeSource = Extract<CandleSource, { kind: 'exchange' }>;

/** A year that every user of the built-in market gets unless asked otherwise: results are comparable then. */
const BUILT_IN_START = Date.UTC(2024, 0, 1);
const BUILT_IN_END = Date.UTC(2025, 0, 1);

/** Candles from files, from the exchange into files, or from the built-in market. */
@Injectable()
export class MarketDataService extends DataHandler {
  constructor(private readonly downloader: CandleDownloaderService) {
    super();
  }

  async history(query: HistoryQuery): Promise<History> {
    return this.read(query, REAL_PACE);
  }

  async recent({ symbol, timeframe, source, bars, nowMs }: RecentQuery): Promise<Candles> {
    const toMs = barOpenAt(nowMs, timeframe);
    const fromMs = toMs - bars * timeframeMs(timeframe);
    try {
      // A tick has no time to wait: what cannot be read now is asked for again by the next one.
      const { candles, from } = await this.read({ symbol, timeframe, source, fromMs, toMs, warmupBars: 0, nowMs }, NO_WAIT);
      return candles.slice(from);
    } catch (error) {
      if (!(error instanceof CandleDataError) || error.code !== 'DATA.MISSING') throw error;
      throw new CandleDataError('DATA.STALE', `The last ${bars} candles of ${symbol} ${timeframe} up to ${isoTime(toMs)} are not all there. ${error.message}`);
    }
  }

  private async read(query: HistoryQuery, pace: Pace): Promise<History> {
    return query.source.kind === 'built-in' ? this.madeUp(query, query.source.seed) : this.stored(query, query.source, pace);
  }

  private madeUp({ symbol, timeframe, fromMs, toMs, warmupBars, nowMs }: HistoryQuery, seed: number): History {
    const end = Math.min(toMs ?? Math.max(BUILT_IN_END, (fromMs ?? 0) + YEAR_MS), barOpenAt(nowMs, timeframe));
    const to = barOpenFrom(end, timeframe);
    const from = barOpenFrom(fromMs ?? (toMs === null ? Math.min(BUILT_IN_START, to - DAY_MS) : Math.max(to - YEAR_MS, 0)), timeframe);
    refuseEmpty(symbol, timeframe, { from, to });
    const step = timeframeMs(timeframe);
    const first = Math.max(from - warmupBars * step, barOpenFrom(0, timeframe));
    const columns = new SyntheticMarket(seed).candles(symbol, timeframe, first, to);
    return { candles: completeGrid(symbol, timeframe, columns), from: (from - first) / step };
  }

  private async stored(query: HistoryQuery, source: ExchangeSource, pace: Pace): Promise<History> {
    const { symbol, timeframe, warmupBars } = query;
    const step = timeframeMs(timeframe);
    const store = new CandleStore(source.cacheDir);
    let held = store.load(symbol, timeframe);
    const range = rangeOf(query, held, source);
    refuseEmpty(symbol, timeframe, range);
    const wanted = { from: range.from - warmupBars * step, to: range.to };
    if (!source.offline && uncovered(wanted, held.covered).length > 0) {
      held = await this.fetch(store, query, source, wanted, pace).catch((error: unknown) => {
        // Only a part of the warm-up is out of reach: the run goes on without it, and its result says so.
        if (error instanceof ExchangeUnavailable && uncovered(range, held.covered).length === 0) return store.load(symbol, timeframe);
        throw error;
      });
    }
    const lacking = uncovered(range, held.covered);
    if (lacking.length > 0) throw lackOf(query, source, held, lacking[0]);
    // A hole in the warm-up for which nobody asked the exchange is no halt, and no candles may be made up for it: begin after it.
    const first = uncovered({ from: wanted.from, to: range.from }, held.covered).at(-1)?.to ?? wanted.from;
    const rows = sliceRows(held.rows, rowFrom(held.rows.openTime, first), rowFrom(held.rows.openTime, wanted.to));
    const candles = completeGrid(symbol, timeframe, rows);
    if (candles.indexFrom(range.from) === candles.length) throw new CandleDataError('DATA.EMPTY', `There is no candle of ${symbol} ${timeframe} from ${isoTime(range.from)} to ${isoTime(range.to)}`);
    return { candles, from: candles.indexFrom(range.from) };
  }

  private async fetch(store: CandleStore, { symbol, timeframe, nowMs }: HistoryQuery, source: ExchangeSource, wanted: TimeRange, pace: Pace): Promise<StoredCandles> {
    try {
      const { exchange, timeoutMs, cacheDir } = source;
      await this.downloader.download({ symbol, timeframe, fromMs: wanted.from, toMs: wanted.to, nowMs, exchange, timeoutMs, dir: cacheDir }, { pace });
    } catch (error) {
      if (!(error instanceof ExchangeUnavailable)) throw error;
      const [lack] = uncovered(wanted, store.load(symbol, timeframe).covered);
      const what = lack === undefined ? '' : `\n  Candles of ${symbol} ${timeframe} are missing from ${isoTime(lack.from)} to ${isoTime(lack.to)}. When the exchange can be reached, fetch them with:\n  ${downloadCommand(symbol, timeframe, lack)}\n  Without a network, try --source built-in, or --offline --data-dir with a folder of candle files`;
      throw new ExchangeUnavailable(`${error.message}${what}`, error.retryAfterMs);
    }
    return store.load(symbol, timeframe);
  }
}

function downloadCommand(symbol: string, timeframe: Timeframe, { from, to }: TimeRange): string {
  return `node dist/cli data download --symbol ${symbol} --timeframe ${timeframe} --start ${isoTime(from)} --end ${isoTime(to)}`;
}

/** The range asked for on the grid; what is left open ends where the data does, or at the last closed candle. */
function rangeOf({ fromMs, toMs, timeframe, nowMs }: HistoryQuery, { covered }: StoredCandles, { offline }: ExchangeSource): TimeRange {
  const closed = barOpenAt(nowMs, timeframe);
  const end = toMs ?? (offline ? (covered.at(-1)?.to ?? closed) : closed);
  const to = Math.min(barOpenFrom(end, timeframe), closed);
  const start = fromMs ?? (offline && covered.length > 0 && toMs === null ? covered[0].from : to - YEAR_MS);
  return { from: barOpenFrom(start, timeframe), to };
}

function refuseEmpty(symbol: string, timeframe: Timeframe, { from, to }: TimeRange): void {
  if (from < to) return;
  throw new CandleDataError('DATA.EMPTY', `The range holds no whole ${timeframe} candle of ${symbol}: its first could open at ${isoTime(from)}, but it ends at ${isoTime(to)}`);
}

function lackOf({ symbol, timeframe }: HistoryQuery, { cacheDir, offline }: ExchangeSource, { file, covered }: StoredCandles, lack: TimeRange): CandleDataError {
  const held = file === null ? `${cacheDir} holds no candles of ${symbol} ${timeframe}` : `${file} covers ${covered.map((range) => `${isoTime(range.from)} to ${isoTime(range.to)}`).join(', ')}`;
  const remedy = offline
    ? `Fetch them with: ${downloadCommand(symbol, timeframe, lack)}\n  or leave out --offline, or try --source built-in`
    : 'The exchange gave nothing for it; ask for less with --start and --end';
  return new CandleDataError('DATA.MISSING', `Candles of ${symbol} ${timeframe} are missing from ${isoTime(lack.from)} to ${isoTime(lack.to)}; ${held}.\n  ${remedy}`);
}

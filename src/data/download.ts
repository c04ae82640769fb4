import { CandleDataError, Interrupted } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { timeframeMs, type Timeframe } from '../domain/timeframe.js';
import type { MarketClient } from '../exchange/market-client.js';
import { readPage } from './candle-page.js';
import { columnsOf, emptyRows, sliceRows, rowFrom, type CandleRows } from './candle-rows.js';
import type { CandleStore } from './candle-store.js';
import { mergeRows } from './merge-rows.js';
import { retryRead, type Pace } from './pace.js';
import { uncovered, type TimeRange } from './ranges.js';

export interface DownloadRequest extends TimeRange {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

export interface DownloadProgress {
  /** Bars of the range that are done, and in all; halts count as bars. */
  readonly done: number;
  readonly total: number;
  readonly candles: number;
}

export interface DownloadHooks {
  readonly pace: Pace;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** A wait of some length before the next try. */
  readonly onWait?: (ms: number, reason: string) => void;
}

export interface DownloadOutcome {
  readonly added: number;
  readonly conflicts: readonly number[];
  /** What of the range the exchange had no candles for at its end: not closed yet, or nothing traded any more. */
  readonly reachedMs: number;
}

/** Downloads are put on disk this often; a crash loses no more. */
const FLUSH_MS = 5000;
const FLUSH_ROWS = 50_000;
/** No exchange gives fewer candles a page than this, so a download of more pages is going nowhere. */
const FEWEST_PER_PAGE = 50;

/**
 * Fetches what the store lacks of a range, page by page forward, and merges it in as it goes: what was fetched before an
 * interruption is kept, and the next call goes on from there.
 *
 * @throws ExchangeError, CandleDataError (a refused answer; nothing of it is kept), StorageError, Interrupted
 */
export async function downloadInto(store: CandleStore, client: MarketClient, request: DownloadRequest, hooks: DownloadHooks): Promise<DownloadOutcome> {
  const { symbol, timeframe } = request;
  const step = timeframeMs(timeframe);
  const lacks = uncovered(request, store.load(symbol, timeframe).covered);
  const total = lacks.reduce((bars, { from, to }) => bars + (to - from) / step, 0);
  let [done, added, candles] = [0, 0, 0];
  let reachedMs = request.to;
  const conflicts: number[] = [];
  for (const lack of lacks) {
    const pages = pagesOf(client, request, lack, hooks);
    let batch: CandleRows[] = [];
    let from = lack.from;
    let flushed = hooks.pace.now();
    const flush = (): void => {
      const outcome = store.merge(symbol, timeframe, concat(batch), [{ from: lack.from, to: from }]);
      added += outcome.added;
      conflicts.push(...outcome.conflicts);
      batch = [];
      flushed = hooks.pace.now();
    };
    try {
      for await (const page of pages) {
        batch.push(page.rows);
        candles += page.rows.openTime.length;
        done += (page.to - from) / step;
        from = page.to;
        hooks.onProgress?.({ done, total, candles });
        const waiting = batch.reduce((count, rows) => count + rows.openTime.length, 0);
        if (waiting >= FLUSH_ROWS || (waiting > 0 && hooks.pace.now() - flushed >= FLUSH_MS)) flush();
      }
    } finally {
      if (batch.length > 0) flush();
    }
    if (lack === lacks.at(-1)) reachedMs = from;
  }
  return { added, conflicts, reachedMs };
}

interface Page {
  readonly rows: CandleRows;
  /** Everything before is asked for now. */
  readonly to: number;
}

async function* pagesOf(client: MarketClient, request: DownloadRequest, lack: TimeRange, { pace, signal, onWait }: DownloadHooks): AsyncGenerator<Page> {
  const { symbol, timeframe } = request;
  const step = timeframeMs(timeframe);
  const mostPages = Math.ceil((lack.to - lack.from) / step / FEWEST_PER_PAGE) + 10;
  const read = async (since: number, limit: number): Promise<CandleRows> => {
    if (signal?.aborted === true) throw new Interrupted('Interrupted; what was fetched so far is kept, and the same command goes on from there');
    const pause = client.pauseMs();
    if (pause > 0) {
      onWait?.(pause, "half of the exchange's request limit is used");
      await pace.sleep(pause, signal);
    }
    const tried = (ms: number, error: Error): void => onWait?.(ms, error.message);
    const serverTimeMs = await retryRead(() => client.serverTime(), pace, signal, tried);
    const page = await retryRead(() => client.candles(symbol, timeframe, since, limit), pace, signal, tried);
    return readPage(page, { symbol, timeframe, sinceMs: since, limit, serverTimeMs });
  };
  let since = lack.from;
  for (let pages = 0; since < lack.to; pages++) {
    if (pages >= mostPages) throw new CandleDataError('DATA.INVALID', `Gave up on ${symbol} ${timeframe} after ${pages} pages: the exchange gives too few candles at a time`);
    const limit = Math.min(client.pageLimit, (lack.to - since) / step + 1);
    let rows = await read(since, limit);
    // A hole may be a hiccup of the exchange: a halt is there the second time too.
    if (hasHole(rows, since, step)) rows = agree(rows, await read(since, limit), request);
    const count = rows.openTime.length;
    if (count === 0) return; // nothing closed from here on: not listed any more, or not yet
    const end = rows.openTime[count - 1] + step;
    if (end <= since) throw new CandleDataError('DATA.INVALID', `The exchange's answer for ${symbol} ${timeframe} from ${isoTime(since)} brings nothing new`);
    const wanted = sliceRows(rows, 0, rowFrom(rows.openTime, lack.to));
    since = Math.min(end, lack.to);
    // Beyond the range the first candle after it shows that the end of the range is empty too.
    yield { rows: wanted, to: rows.openTime[count - 1] >= lack.to ? lack.to : since };
  }
}

function hasHole({ openTime }: CandleRows, since: number, step: number): boolean {
  const count = openTime.length;
  return count === 0 || openTime[count - 1] - since !== (count - 1) * step;
}

/** Two answers to one question: together where each has rows that the other lacks, refused where they contradict each other. */
function agree(first: CandleRows, second: CandleRows, { symbol, timeframe }: DownloadRequest): CandleRows {
  const { rows, conflicts } = mergeRows(first, second);
  if (conflicts.length === 0) return rows;
  throw new CandleDataError('DATA.INVALID', `The exchange's answer for ${symbol} ${timeframe} is refused: asked twice, it gave two different candles for ${isoTime(conflicts[0])}`);
}

function concat(parts: readonly CandleRows[]): CandleRows {
  const all = emptyRows(parts.reduce((sum, rows) => sum + rows.openTime.length, 0));
  const into = columnsOf(all);
  let at = 0;
  for (const rows of parts) {
    columnsOf(rows).forEach((column, c) => into[c].set(column, at));
    at += rows.openTime.length;
  }
  return all;
}

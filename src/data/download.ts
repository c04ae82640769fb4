import { CandleDataError, StorageError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { timeframeMs, type Timeframe } from '../domain/timeframe.js';
import type { MarketClient } from '../exchange/market-client.js';
import { readPage } from './candle-page.js';
import { columnsOf, emptyRows, sliceRows, rowFrom, type CandleRows } from './candle-rows.js';
import type { CandleStore } from './candle-store.js';
import { compareWithKnown } from './continuity.js';
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
  store.recover(symbol, timeframe);
  const held = store.load(symbol, timeframe);
  const lacks = uncovered(request, held.covered);
  const total = lacks.reduce((bars, { from, to }) => bars + (to - from) / step, 0);
  let [done, added, candles] = [0, 0, 0];
  let reachedMs = request.to;
  const conflicts: number[] = [];
  for (const lack of lacks) {
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
      for await (const page of pagesOf(client, request, lack, held.rows, hooks)) {
        batch.push(page.rows);
        conflicts.push(...page.conflicts);
        candles += page.rows.openTime.length;
        done += (page.to - from) / step;
        from = page.to;
        hooks.onProgress?.({ done, total, candles });
        const waiting = batch.reduce((count, rows) => count + rows.openTime.length, 0);
        if (waiting >= FLUSH_ROWS || (waiting > 0 && hooks.pace.now() - flushed >= FLUSH_MS)) flush();
      }
    } catch (error) {
      // After a refused answer nobody knows whether it or the ones before it were wrong; anything else leaves those as good as they were.
      if (batch.length > 0 && !(error instanceof CandleDataError) && !(error instanceof StorageError)) flush();
      throw error;
    }
    if (batch.length > 0) flush();
    if (lack === lacks.at(-1)) reachedMs = from;
  }
  return { added, conflicts, reachedMs };
}

interface Page {
  readonly rows: CandleRows;
  /** Open times of candles known before that the exchange now tells otherwise. */
  readonly conflicts: readonly number[];
  /** Everything before is asked for now. */
  readonly to: number;
}

async function* pagesOf(client: MarketClient, request: DownloadRequest, lack: TimeRange, held: CandleRows, hooks: DownloadHooks): AsyncGenerator<Page> {
  const { symbol, timeframe } = request;
  const step = timeframeMs(timeframe);
  const mostPages = Math.ceil((lack.to - lack.from) / step / FEWEST_PER_PAGE) + 10;
  let since = lack.from;
  let last = held;
  for (let pages = 0; since < lack.to; pages++) {
    if (pages >= mostPages) throw new CandleDataError('DATA.INVALID', `Gave up on ${symbol} ${timeframe} after ${pages} pages: the exchange gives too few candles at a time`);
    // The candle before comes along once more: it shows that these are still the candles of the same market.
    const start = hasCandle(last, since - step) ? since - step : since;
    const limit = Math.min(client.pageLimit, (lack.to - start) / step + 1);
    const rows = await readSurely(client, request, start, limit, hooks);
    const conflicts = [...compareWithKnown(held, rows, request), ...(last === held ? [] : compareWithKnown(last, rows, request))];
    const first = rowFrom(rows.openTime, since);
    const count = rows.openTime.length;
    if (first === count) return; // nothing closed from here on: not listed any more, or not yet
    const newest = rows.openTime[count - 1];
    const wanted = sliceRows(rows, first, rowFrom(rows.openTime, lack.to));
    since = Math.min(newest + step, lack.to);
    last = rows;
    // Beyond the range the first candle after it shows that the end of the range is empty too.
    yield { rows: wanted, conflicts, to: newest >= lack.to ? lack.to : since };
  }
}

/** One page. A hole may be a hiccup of the exchange, so it is asked again: a halt is there the second time too. */
async function readSurely(client: MarketClient, request: DownloadRequest, since: number, limit: number, hooks: DownloadHooks): Promise<CandleRows> {
  const { symbol, timeframe } = request;
  const first = await readOnce(client, request, since, limit, hooks);
  if (!hasHole(first, since, timeframeMs(timeframe))) return first;
  const rows = agree(first, await readOnce(client, request, since, limit, hooks), request);
  if (rows.openTime.length === 0 || rows.openTime[0] === since) return rows;
  // Whoever heeds the start gives the same first candle, whatever the number; whoever gives the newest ones does not.
  const [only] = (await readOnce(client, request, since, 1, hooks)).openTime;
  if (only === rows.openTime[0]) return rows;
  throw new CandleDataError(
    'DATA.INVALID',
    `The exchange's answer for ${symbol} ${timeframe} is refused: of the candles from ${isoTime(since)} on it gave that of ${isoTime(rows.openTime[0])} as the first of many and ${only === undefined ? 'none' : `that of ${isoTime(only)}`} as the first of one`,
  );
}

async function readOnce(client: MarketClient, { symbol, timeframe }: DownloadRequest, sinceMs: number, limit: number, { pace, signal, onWait }: DownloadHooks): Promise<CandleRows> {
  const pause = pace.patient === false ? 0 : client.pauseMs();
  if (pause > 0) {
    onWait?.(pause, "half of the exchange's request limit is used");
    await pace.sleep(pause, signal);
  }
  const tried = (ms: number, error: Error): void => onWait?.(ms, error.message);
  const askedMs = pace.now();
  const serverTimeMs = await retryRead(() => client.serverTime(), pace, signal, tried);
  const page = await retryRead(() => client.candles(symbol, timeframe, sinceMs, limit), pace, signal, tried);
  return readPage(page, { symbol, timeframe, sinceMs, limit, serverTimeMs, tookMs: pace.now() - askedMs });
}

function hasCandle({ openTime }: CandleRows, timeMs: number): boolean {
  return openTime[rowFrom(openTime, timeMs)] === timeMs;
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

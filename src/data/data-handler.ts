import type { Candles } from '../domain/candles.js';
import type { Timeframe } from '../domain/timeframe.js';

/** Where candles come from. */
export type CandleSource =
  | { readonly kind: 'built-in'; readonly seed: number }
  | {
      readonly kind: 'exchange';
      readonly exchange: string;
      readonly timeoutMs: number;
      /** Folder of the candle files. */
      readonly cacheDir: string;
      /** Never ask the exchange. */
      readonly offline: boolean;
    };

export interface HistoryQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly source: CandleSource;
  /** First moment wanted; null: as far back as makes sense for the source. */
  readonly fromMs: number | null;
  /** First moment no longer wanted; null: up to the last closed candle. */
  readonly toMs: number | null;
  /** Bars before `fromMs` to bring along where they exist. */
  readonly warmupBars: number;
  /** Candles that are not closed by then do not exist. */
  readonly nowMs: number;
}

export interface History {
  /** Warm-up and the range asked for. */
  readonly candles: Candles;
  /** Row of the first candle of the range asked for. */
  readonly from: number;
}

export interface RecentQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly source: CandleSource;
  readonly bars: number;
  readonly nowMs: number;
}

/** The one door to candles. What comes through it is checked, closed and on the grid. */
export abstract class DataHandler {
  /** @throws CandleDataError when a part of the range is not to be had, naming it and what would fetch it */
  abstract history(query: HistoryQuery): Promise<History>;

  /** The last `bars` candles already closed at `nowMs`. */
  abstract recent(query: RecentQuery): Promise<Candles>;
}

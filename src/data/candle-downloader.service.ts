import { Injectable } from '@nestjs/common';

import { barOpenAt, barOpenFrom, timeframeMs, type Timeframe } from '../domain/timeframe.js';
import { CandleDataError } from '../domain/errors.js';
import { isoTime } from '../domain/instant.js';
import { MarketClients } from '../exchange/market-client.js';
import { CandleStore } from './candle-store.js';
import { downloadInto, type DownloadHooks, type DownloadOutcome } from './download.js';

export interface DownloadQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  readonly exchange: string;
  readonly timeoutMs: number;
  /** Folder of the candle files. */
  readonly dir: string;
}

/** Brings candles from an exchange into the files of a folder. */
@Injectable()
export class CandleDownloaderService {
  constructor(private readonly clients: MarketClients) {}

  /** @throws ConfigError, CandleDataError, ExchangeError, StorageError, Interrupted; what was fetched before is kept */
  async download(query: DownloadQuery, hooks: DownloadHooks): Promise<DownloadOutcome> {
    const { symbol, timeframe, exchange, timeoutMs, dir, nowMs } = query;
    const from = barOpenFrom(query.fromMs, timeframe);
    const to = Math.min(barOpenFrom(query.toMs, timeframe), barOpenAt(nowMs, timeframe));
    if (from >= to) {
      throw new CandleDataError('DATA.EMPTY', `From ${isoTime(query.fromMs)} to ${isoTime(query.toMs)} no ${timeframe} candle (${timeframeMs(timeframe) / 60_000} minutes) is closed by now`);
    }
    const client = await this.clients.open(exchange, { timeoutMs });
    return downloadInto(new CandleStore(dir), client, { symbol, timeframe, from, to }, hooks);
  }
}

import { badData, invalidInterval } from '../base/api-error.js';
import { isInterval } from '../base/interval.js';
import { klineRow, type KlineRow } from '../market/candle.js';
import { flat, type Context, type Route } from './route.js';

export const KLINES_PATH = '/api/v3/klines';

const DEFAULT_ROWS = 500;
export const MAX_ROWS = 1000;

export const KLINES_ROUTE: Route = {
  method: 'GET',
  path: KLINES_PATH,
  permission: null,
  weight: flat(2),
  params: { symbol: 'symbol', interval: 'text', startTime: 'integer', endTime: 'integer', limit: 'integer' },
  mandatory: ['symbol', 'interval'],
  run: klines,
};

/** How many rows were asked for: the default, or what was named up to the maximum. */
export function rowLimit(context: Context, byDefault = DEFAULT_ROWS, maximum = MAX_ROWS): number {
  const limit = context.params.integer('limit') ?? byDefault;
  if (limit < 1) throw badData('limit');
  return Math.min(limit, maximum);
}

function klines(context: Context): KlineRow[] {
  const { venue, params } = context;
  const interval = params.required('interval');
  if (!isInterval(interval)) throw invalidInterval();
  const candles = venue.market(params.required('symbol')).candles(interval, {
    startMs: params.integer('startTime'),
    endMs: params.integer('endTime'),
    limit: rowLimit(context),
    nowMs: venue.now,
    formingLagMs: venue.lags.klineForming,
    finalLagMs: venue.lags.klineFinal,
  });
  return candles.map((candle) => klineRow(candle, interval));
}

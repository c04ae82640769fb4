import { units } from '../base/decimal.js';
import { closeTimeOf, INTERVALS, isInterval, type Interval } from '../base/interval.js';
import { Prng } from '../base/prng.js';
import type { CandleRow, Settings } from '../config/config.js';
import type { SymbolConfig } from '../config/symbol-fixtures.js';
import type { Candle } from './candle.js';
import { CandleFeed, candlesFromFile, candlesFromRows } from './candle-file.js';
import { Market } from './market.js';
import { WalkFeed } from './price-feed.js';

/** Sets up every market and lets its steps before the start of the run happen. */
export function openMarkets(settings: Settings): Map<string, Market> {
  return new Map(settings.symbols.map((symbol) => [symbol.symbol, openMarket(symbol, settings)]));
}

function openMarket(symbol: SymbolConfig, settings: Settings): Market {
  const given = readCandles(symbol.symbol, settings);
  const market = given.length > 0 ? replayMarket(symbol, given, settings) : walkMarket(symbol, settings);
  while (market.nextStepMs < settings.now) market.step();
  return market;
}

function walkMarket(symbol: SymbolConfig, settings: Settings): Market {
  const config = settings.feed[symbol.symbol];
  const draws = Prng.named(settings.seed, `feed:${symbol.symbol}`);
  const feed = new WalkFeed(config, settings.now - config.historyMs, draws);
  return new Market(symbol, feed, settings.book, settings.historyRows, units(config.start));
}

/** The finest candles drive the price; coarser ones are only the history of their own interval. */
function replayMarket(symbol: SymbolConfig, given: [Interval, Candle[]][], settings: Settings): Market {
  const [[finest, candles], ...coarser] = given;
  const firstKept = candles.findLastIndex(({ openTime }) => openTime <= settings.now) - settings.historyRows;
  const replayed = candles.slice(Math.max(0, firstKept));
  const firstPrice = replayed.at(0)?.open ?? units(settings.feed[symbol.symbol].start);
  const feed = new CandleFeed(replayed, finest);
  const market = new Market(symbol, feed, settings.book, settings.historyRows, firstPrice);
  for (const [interval, rows] of coarser) {
    const closed = rows.filter(({ openTime }) => closeTimeOf(interval, openTime) < settings.now);
    market.loadHistory(interval, closed.slice(-settings.historyRows));
  }
  return market;
}

/** Per interval, finest first. */
function readCandles(symbol: string, settings: Settings): [Interval, Candle[]][] {
  const sources = Object.entries(settings.candles[symbol] ?? {});
  return sources
    .map(([interval, source]): [Interval, Candle[]] => {
      if (!isInterval(interval)) throw new Error(`candles.${symbol}: expected an interval; was ${interval}`);
      return [interval, read(source)];
    })
    .sort(([a], [b]) => INTERVALS.indexOf(a) - INTERVALS.indexOf(b));
}

function read(source: string | CandleRow[]): Candle[] {
  return typeof source === 'string' ? candlesFromFile(source) : candlesFromRows(source);
}

/** A market's rules as a test states them: decimal strings, or numbers where those are exact. */
export interface SymbolConfig {
  symbol: string;
  base: string;
  quote: string;
  tick: string;
  minPrice: string;
  maxPrice: string;
  step: string;
  minQty: string;
  maxQty: string;
  marketMaxQty: string;
  minNotional: string;
  /** Price of the first step when the feed names none. */
  start: string;
}

type Row = [symbol: string, base: string, quote: string, ...rules: string[]];

const ROWS: Row[] = [
  // symbol, base, quote, tick, min price, max price, step, min qty, max qty, market max, min notional, start
  ['BTCUSDT', 'BTC', 'USDT', '0.01', '0.01', '1000000', '0.00001', '0.00001', '9000', '100', '5', '50000'],
  ['ETHUSDT', 'ETH', 'USDT', '0.01', '0.01', '1000000', '0.0001', '0.0001', '9000', '2000', '5', '3000'],
  ['BNBUSDT', 'BNB', 'USDT', '0.01', '0.01', '100000', '0.001', '0.001', '900000', '5000', '5', '500'],
  ['DOGEUSDT', 'DOGE', 'USDT', '0.00001', '0.00001', '1000', '1', '1', '9000000', '5000000', '1', '0.1'],
  ['ETHBTC', 'ETH', 'BTC', '0.00001', '0.00001', '922327', '0.0001', '0.0001', '100000', '900', '0.0001', '0.06'],
  // Coarse step, high notional: a position here easily becomes too small to sell.
  ['DUSTUSDT', 'DUST', 'USDT', '0.01', '0.01', '1000', '0.1', '0.1', '100000', '10000', '10', '20'],
];

/** The markets a test can name without describing them. */
export const SYMBOL_FIXTURES: ReadonlyMap<string, SymbolConfig> = new Map(
  ROWS.map((row) => {
    const [symbol, base, quote, tick, minPrice, maxPrice, step, minQty, maxQty, marketMaxQty, minNotional, start] = row;
    return [
      symbol,
      { symbol, base, quote, tick, minPrice, maxPrice, step, minQty, maxQty, marketMaxQty, minNotional, start },
    ];
  }),
);

/** @throws Error when a name is no fixture */
export function describeSymbol(given: string | SymbolConfig): SymbolConfig {
  if (typeof given !== 'string') return given;
  const fixture = SYMBOL_FIXTURES.get(given);
  if (fixture === undefined) {
    throw new Error(`symbols: expected one of ${[...SYMBOL_FIXTURES.keys()].join(', ')} or an object; was ${given}`);
  }
  return fixture;
}

import { createHash } from 'node:crypto';
import { Prng } from './base/prng.js';
import type { RawReply } from './base/wire.js';
import { FakeBinance } from './fake-binance.js';
import type { ProfileName } from './faults/profile.js';
import { get, signed, type Params } from './requests.js';

const MARKETS = [
  { symbol: 'BTCUSDT', base: 'BTC', price: 50_000, tick: 2, qty: 5 },
  { symbol: 'BNBUSDT', base: 'BNB', price: 500, tick: 2, qty: 3 },
  { symbol: 'DUSTUSDT', base: 'DUST', price: 20, tick: 2, qty: 1 },
] as const;

export interface SessionOptions {
  /** Called after every request. */
  afterEach?: (exchange: FakeBinance) => void;
  /** Faults to trade under, a tick being a minute. */
  profile?: ProfileName;
}

export interface SessionResult {
  exchange: FakeBinance;
  /** Hash of every reply and of the whole journal. */
  hash: string;
  /** How many requests were answered with 200. */
  accepted: number;
}

/** Trades at random, but always by well-formed requests, on an exchange whose settings the seed draws too. */
export function runRandomSession(seed: number, requests: number, { afterEach, profile }: SessionOptions = {}): SessionResult {
  const draws = Prng.named(seed, 'session');
  const exchange = openExchange(seed, draws);
  if (profile !== undefined) exchange.control({ command: 'profile', name: profile, seed, ticks: requests, tickMs: 60_000 });
  const hash = createHash('sha256');
  let accepted = 0;
  for (let i = 0; i < requests; i++) {
    disturb(exchange, draws);
    const reply = ask(exchange, draws);
    if (reply.status === 200) accepted++;
    hash.update(`${reply.status}${JSON.stringify([reply.headers, reply.wire])}${reply.body}`);
    afterEach?.(exchange);
  }
  for (const { symbol } of MARKETS) signed(exchange, 'DELETE', '/api/v3/openOrders', { symbol });
  hash.update(JSON.stringify(exchange.journal));
  return { exchange, hash: hash.digest('hex'), accepted };
}

function openExchange(seed: number, draws: Prng): FakeBinance {
  return new FakeBinance({
    seed,
    symbols: MARKETS.map(({ symbol }) => symbol),
    feed: { BTCUSDT: { volBps: 100 }, BNBUSDT: { volBps: 100 }, DUSTUSDT: { volBps: 100 } },
    balances: { USDT: '100000', BTC: '1', BNB: draws.pick(['0', '0.001', '50']), DUST: '1000' },
    bnbFee: draws.chance(0.5),
    makerFillRatio: draws.pick(['1', '0.3', '0.05']),
    makerRate: draws.pick(['0.001', '0.00075', '0']),
    book: { levels: draws.integer(1, 5), levelQty: draws.pick(['0.5', '3.3', '1000']) },
    cancelReplacesClientOrderId: draws.chance(0.5),
    limits: { weightPerMin: 1e9, rawPer5Min: 1e9, ordersPer10s: 1e9, ordersPerDay: 1e9 },
  });
}

/** Time passes, and now and then something happens that is not a request. */
function disturb(exchange: FakeBinance, draws: Prng): void {
  const { symbol, base, price } = draws.pick(MARKETS);
  if (draws.chance(0.5)) exchange.advance(draws.integer(1, 120_000));
  if (draws.chance(0.02)) {
    const moved = (price * (0.8 + draws.integer(0, 40) / 100)).toFixed(2);
    exchange.control({ command: 'price', symbol, price: moved });
  }
  if (draws.chance(0.01)) {
    const asset = draws.pick([base, 'USDT']);
    exchange.control({ command: 'effect', type: 'balance', asset, bps: draws.integer(-3000, 3000) });
  }
  if (draws.chance(0.01)) {
    const order = { symbol, side: draws.pick(['BUY', 'SELL']), quoteOrderQty: '50' };
    exchange.control({ command: 'effect', type: 'foreignOrder', order });
  }
  if (draws.chance(0.01)) exchange.control({ command: 'effect', type: draws.pick(['cancelForeign', 'exchangeCancel']) });
  if (draws.chance(0.01)) exchange.control({ command: 'effect', type: 'slip', symbol, ticks: draws.integer(1, 200) });
  if (draws.chance(0.005)) exchange.control({ command: 'symbol', symbol, status: 'HALT', forMs: draws.integer(1, 300_000) });
}

function ask(exchange: FakeBinance, draws: Prng): RawReply {
  const market = draws.pick(MARKETS);
  const { symbol } = market;
  switch (draws.integer(0, 9)) {
    case 0:
      return signed(exchange, 'GET', '/api/v3/account');
    case 1:
      return signed(exchange, 'GET', '/api/v3/myTrades', { symbol, limit: 10 });
    case 2:
      return get(exchange, '/api/v3/klines', { symbol, interval: draws.pick(['1m', '5m', '1h']), limit: 20 });
    case 3:
      return signed(exchange, 'DELETE', '/api/v3/order', { symbol, orderId: draws.integer(1, 200) });
    default:
      return signed(exchange, 'POST', '/api/v3/order', { symbol, ...order(market, draws) });
  }
}

function order({ price, tick, qty }: (typeof MARKETS)[number], draws: Prng): Params {
  const side = draws.pick(['BUY', 'SELL']);
  const around = (percent: number): string => (price * (1 + draws.integer(-percent * 10, percent * 10) / 1000)).toFixed(tick);
  const quantity = (draws.integer(10, 3000) / price).toFixed(qty);
  const timeInForce = draws.pick(['GTC', 'GTC', 'IOC', 'FOK']);
  const newClientOrderId = `r-${draws.integer(1, 50)}`;
  switch (draws.integer(0, 5)) {
    case 0:
      return { side, type: 'MARKET', quantity, newClientOrderId };
    case 1:
      return { side, type: 'MARKET', quoteOrderQty: draws.integer(10, 3000), newOrderRespType: 'FULL' };
    case 2:
      return { side, type: 'LIMIT_MAKER', quantity, price: around(5) };
    case 3:
      return { side, type: draws.pick(['STOP_LOSS', 'TAKE_PROFIT']), quantity, stopPrice: around(10) };
    case 4: {
      const type = draws.pick(['STOP_LOSS_LIMIT', 'TAKE_PROFIT_LIMIT']);
      return { side, type, quantity, price: around(10), stopPrice: around(10), timeInForce };
    }
    default:
      return { side, type: 'LIMIT', quantity, price: around(5), timeInForce, newClientOrderId };
  }
}

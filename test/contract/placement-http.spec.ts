import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { TradingClient } from '../../src/exchange/trading-client.js';
import type { Effect } from '../support/exchange/faults/effect.js';
import type { FakeBinance } from '../support/exchange/fake-binance.js';
import type { Servers } from '../support/exchange/transport/servers.js';
import { clientOf, marketOrder, POST_ORDER, requestsOf, stillExchange, strike, SYMBOL } from '../support/trading-bench.js';

/** Over a real connection and with a real timer, which replies that never end are worth waiting for. */
const SHORT_MS = 400;

describe('an order over HTTP', () => {
  let exchange: FakeBinance;
  let servers: Servers;

  beforeEach(async () => {
    exchange = stillExchange({ mode: 'anchored', now: 'wall' });
    servers = await exchange.listen();
  });

  afterEach(() => servers.close());

  const open = (timeoutMs = 15_000): Promise<TradingClient> => clientOf(exchange, { baseUrl: servers.baseUrl, fetch: undefined, milliseconds: undefined, timeoutMs });

  it('is accepted, with its executions', async () => {
    const client = await open();
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'accepted', report: { state: 'FILLED', trades: [{ quantity: '0.5' }, { quantity: '0.2' }] } });
    expect(await client.balances()).toMatchObject({ BTC: { free: '1.6993' } });
  });

  it.each<{ readonly why: string; readonly effect: Effect; readonly alarm?: boolean; readonly timeoutMs?: number }>([
    { why: 'F03 the connection is reset', effect: { type: 'reset' } },
    { why: 'F03 the connection is closed', effect: { type: 'close' } },
    { why: 'F04 the gateway has had enough', effect: { type: 'error', code: -1007, status: 504 } },
    { why: 'F07 the reply is cut', effect: { type: 'truncate' } },
    { why: 'F13 the body is cut', effect: { type: 'close', atByte: 20 } },
    { why: 'F13 the body is reset', effect: { type: 'reset', atByte: 20 } },
    { why: 'F13 the body stalls', effect: { type: 'stall', atByte: 20 }, timeoutMs: SHORT_MS },
    { why: 'F85 the body drips', effect: { type: 'drip', bytesPerSec: 20 }, timeoutMs: SHORT_MS },
    { why: 'F12 the reply is late', effect: { type: 'latency', ms: 30_000 }, timeoutMs: SHORT_MS },
    { why: 'F84 it is redirected', effect: { type: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }, alarm: true },
  ])('is unknown and sent once when $why', async ({ effect, alarm = false, timeoutMs = 15_000 }) => {
    // Warm, so that the deadline is the order's own.
    await (await open()).serverTime();
    const client = await open(timeoutMs);
    strike(exchange, POST_ORDER, effect);
    expect(await client.place(marketOrder())).toMatchObject({ kind: 'unknown', alarm });
    expect(requestsOf(exchange, POST_ORDER)).toHaveLength(1);
    expect(await (await open()).orderByClientId(SYMBOL, 'tb-1')).toMatchObject({ state: 'FILLED' });
  });

  it('F02 was not sent when nobody listens', async () => {
    const client = await clientOf(exchange, { baseUrl: `http://127.0.0.1:${await unusedPort()}`, fetch: undefined, milliseconds: undefined });
    expect(await client.place(marketOrder())).toEqual({ kind: 'not_sent', message: 'nothing was sent: ECONNREFUSED' });
    await expect(client.balances()).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE' });
  });

  it('F13 ends a read whose body stalls', async () => {
    const client = await open(SHORT_MS);
    strike(exchange, 'GET /api/v3/account', { type: 'stall', atByte: 20 });
    await expect(client.balances()).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE' });
  });
});

async function unusedPort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

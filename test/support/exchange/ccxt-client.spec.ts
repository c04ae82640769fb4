import ccxt from 'ccxt';
import { ccxtFor, IN_PROCESS_URL, pointAt } from './ccxt-client.js';
import { FakeBinance } from './fake-binance.js';

const open = (levels = 10): FakeBinance =>
  new FakeBinance({
    symbols: ['BTCUSDT'],
    feed: { BTCUSDT: { volBps: 0 } },
    book: { levels, levelQty: '0.5' },
    balances: { USDT: '100000', BTC: '0' },
  });

describe('real ccxt', () => {
  it('sees a market order filled over three levels, its fee in the coin bought', async () => {
    const order = await ccxtFor(open()).createOrder('BTC/USDT', 'market', 'buy', 1.2);
    expect(order).toMatchObject({ status: 'closed', filled: 1.2, average: 50_000.0175, fee: { cost: 0.0012, currency: 'BTC' } });
    expect(order.trades).toHaveLength(3);
  });

  it('sees a market order expire half filled on a thin book', async () => {
    const order = await ccxtFor(open(1)).createOrder('BTC/USDT', 'market', 'buy', 0.8);
    expect(order).toMatchObject({ status: 'expired', filled: 0.5, amount: 0.8 });
  });

  it('does not find a cancelled order by its original client order id, but by its number', async () => {
    const client = ccxtFor(open());
    const { id = '' } = await client.createOrder('BTC/USDT', 'limit', 'buy', 0.01, 49_000, { newClientOrderId: 'tb-1' });
    await client.cancelOrder(id, 'BTC/USDT');
    await expect(client.fetchOrder('', 'BTC/USDT', { origClientOrderId: 'tb-1' })).rejects.toBeInstanceOf(ccxt.OrderNotFound);
    expect(await client.fetchOrder(id, 'BTC/USDT')).toMatchObject({ status: 'canceled' });
  });

  it('reads balances, open orders and trades', async () => {
    const client = ccxtFor(open());
    await client.createOrder('BTC/USDT', 'market', 'buy', 0.1);
    await client.createOrder('BTC/USDT', 'limit', 'sell', 0.05, 60_000);
    expect(await client.fetchBalance()).toMatchObject({ BTC: { free: 0.0499, used: 0.05, total: 0.0999 } });
    expect(await client.fetchOpenOrders('BTC/USDT')).toMatchObject([{ side: 'sell', remaining: 0.05 }]);
    expect(await client.fetchMyTrades('BTC/USDT')).toMatchObject([{ amount: 0.1, takerOrMaker: 'taker' }]);
  });

  it('sends stops that the exchange understands', async () => {
    const client = ccxtFor(open());
    await client.createOrder('BTC/USDT', 'market', 'buy', 0.1);
    const order = await client.createOrder('BTC/USDT', 'limit', 'sell', 0.05, 48_000, { triggerPrice: 49_000 });
    expect(await client.fetchOrder(order.id ?? '', 'BTC/USDT')).toMatchObject({ status: 'open', triggerPrice: 49_000 });
  });

  it.each([
    [{ quantity: 0.00009 }, 'BadRequest', /NOTIONAL/],
    [{ quantity: 90 }, 'InsufficientFunds', /insufficient balance/],
  ])('refuses %j by its own classes', async ({ quantity }, name, message) => {
    const placed = ccxtFor(open()).createOrder('BTC/USDT', 'market', 'buy', quantity);
    await expect(placed).rejects.toMatchObject({ name, message: expect.stringMatching(message) as unknown });
  });

  it('needs nothing beyond the spot endpoints in its default set-up', async () => {
    const exchange = open();
    const client = ccxtFor(exchange, { options: { fetchMarkets: { types: ['spot', 'linear', 'inverse'] } } });
    client.has.fetchCurrencies = true;
    await client.loadMarkets();
    expect(client.symbols).toEqual(['BTC/USDT']);
    expect(exchange.journal.filter(({ type }) => type === 'unexpected').length).toBeGreaterThan(0);
  });
});

describe('real ccxt in a storm of faults', () => {
  it('answers or throws, but never hangs', async () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { historyMs: 3_600_000 } } });
    const client = ccxtFor(exchange);
    await client.loadMarkets();
    exchange.control({ command: 'profile', name: 'storm', seed: 1, ticks: 150, tickMs: 60_000 });
    const thrown = new Set<string>();
    let answers = 0;
    for (let tick = 0; tick < 150; tick++) {
      const calls = [
        () => client.fetchOHLCV('BTC/USDT', '1m', undefined, 50),
        () => client.fetchBalance(),
        () => client.createOrder('BTC/USDT', 'market', 'buy', 0.001),
      ];
      for (const call of calls) {
        await call().then(
          () => answers++,
          (error: Error) => thrown.add(error.name),
        );
      }
      exchange.advance(60_000);
    }
    expect(answers).toBeGreaterThan(200);
    expect([...thrown]).toEqual(expect.arrayContaining(['NetworkError', 'RequestTimeout']));
    expect(exchange.control({ command: 'assert', name: 'conservation' })).toMatchObject({ ok: true });
  });
});

describe('pointAt', () => {
  it('changes the origin of every address and nothing else', () => {
    const { urls } = pointAt(new ccxt.binance(), `${IN_PROCESS_URL}/`);
    const api = urls.api as Record<string, string>;
    expect(api.public).toBe(`${IN_PROCESS_URL}/api/v3`);
    expect(api.sapi).toBe(`${IN_PROCESS_URL}/sapi/v1`);
    expect(Object.values(api).every((url) => url.startsWith(IN_PROCESS_URL))).toBe(true);
  });
});

import { ccxtFor } from '../../test/support/exchange/ccxt-client.js';
import type { FakeBinance } from '../../test/support/exchange/fake-binance.js';
import type { Effect } from '../../test/support/exchange/faults/effect.js';
import { requestsOf, stillExchange, strike, SYMBOL } from '../../test/support/trading-bench.js';
import { CcxtMarketClient } from './ccxt-market-client.js';

const clientOf = (exchange: FakeBinance, id = 'binance'): CcxtMarketClient => {
  const library = ccxtFor(exchange);
  (library as { id: string }).id = id; // another exchange, of which only the library knows how to read it
  return new CcxtMarketClient(library, 15_000);
};

describe.each(['binance', 'other'])('public facts about a market of %s', (id) => {
  it('are its rules', async () => {
    expect(await clientOf(stillExchange(), id).rules(SYMBOL)).toMatchObject({ symbol: SYMBOL, base: 'BTC', quote: 'USDT', status: 'trading', priceStep: '0.01', lotStep: '0.00001', minQuantity: '0.00001', minNotional: '5' });
  });

  it('are that it is gone', async () => {
    expect(await clientOf(stillExchange(), id).rules('XYZ/USDT')).toMatchObject({ symbol: 'XYZ/USDT', status: 'gone' });
  });

  it('are the best prices', async () => {
    expect(await clientOf(stillExchange(), id).bookTop(SYMBOL)).toEqual({ bid: '49999.99', bidQuantity: '0.5', ask: '50000.01', askQuantity: '0.5' });
  });

  it.each<[string, Effect]>([
    ['empty', { type: 'replace', kind: 'empty' }],
    ['{}', { type: 'replace', kind: '{}' }],
    ['[]', { type: 'replace', kind: '[]' }],
    ['null', { type: 'replace', kind: 'null' }],
    ['a page', { type: 'replace', kind: 'html' }],
    ['truncated', { type: 'truncate' }],
    ['deep', { type: 'replace', kind: 'deep' }],
    ['reset', { type: 'reset' }],
    ['503', { type: 'http', status: 503 }],
  ])('have no default when the reply is %s', async (_, effect) => {
    const exchange = stillExchange();
    const client = clientOf(exchange, id);
    await client.bookTop(SYMBOL);
    for (const endpoint of ['GET /api/v3/exchangeInfo', 'GET /api/v3/ticker/bookTicker', 'GET /api/v3/depth']) strike(exchange, endpoint, effect);
    exchange.control({ command: 'faults', rules: ['exchangeInfo', 'ticker/bookTicker', 'depth'].map((path) => ({ match: { path: `${path}$` }, effect })) });
    await expect(client.rules(SYMBOL)).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE' });
    await expect(client.bookTop(SYMBOL)).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE' });
  });
});

it('asks Binance for the rules of one market, not of all', async () => {
  const exchange = stillExchange();
  await clientOf(exchange).rules(SYMBOL);
  expect(requestsOf(exchange)).toEqual(['GET /api/v3/exchangeInfo']);
  expect(exchange.journal.flatMap((entry) => (entry.type === 'request' ? [entry.params] : []))).toEqual([{ symbol: 'BTCUSDT' }]);
});

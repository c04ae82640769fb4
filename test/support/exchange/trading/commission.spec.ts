import { FakeBinance, type FakeConfig } from '../fake-binance.js';
import { signed, type Params } from '../requests.js';

type Body = Record<string, unknown> & { fills?: Record<string, unknown>[] };

function opened(config: FakeConfig = {}): FakeBinance {
  return new FakeBinance({
    symbols: ['BTCUSDT', 'BNBUSDT'],
    feed: { BTCUSDT: { volBps: 0 }, BNBUSDT: { volBps: 0 } },
    balances: { USDT: '100000', BTC: '1', BNB: '0' },
    ...config,
  });
}

function place(exchange: FakeBinance, params: Params): Body {
  return JSON.parse(signed(exchange, 'POST', '/api/v3/order', { symbol: 'BTCUSDT', ...params }).body) as Body;
}

function free(exchange: FakeBinance, asset: string): number {
  const { balances } = JSON.parse(signed(exchange, 'GET', '/api/v3/account').body) as { balances: { asset: string; free: string }[] };
  return Number(balances.find((row) => row.asset === asset)?.free);
}

describe('commission', () => {
  it('is paid in BNB by way of USDT where BNB has no market with the quote asset', () => {
    const exchange = opened({ symbols: ['ETHBTC', 'BTCUSDT', 'BNBUSDT'], feed: {}, bnbFee: true, balances: { BTC: '10', BNB: '1' } });
    const { fills } = place(exchange, { symbol: 'ETHBTC', side: 'BUY', type: 'MARKET', quantity: '1' });
    // 0.06001 BTC × 0.001 × 0.75 = 0.0000450075, cut to 0.00004500; one BNB is 0.01 BTC
    expect(fills?.[0]).toMatchObject({ commission: '0.00450000', commissionAsset: 'BNB' });
  });

  it('leaves alone the BNB that the order itself is selling', () => {
    const exchange = opened({ bnbFee: true, book: { levelQty: '0.1' }, balances: { BNB: '0.2' } });
    const { fills } = place(exchange, { symbol: 'BNBUSDT', side: 'SELL', type: 'MARKET', quantity: '0.2' });
    expect(fills?.map(({ commissionAsset }) => commissionAsset)).toEqual(['USDT', 'USDT']);
    expect(free(exchange, 'BNB')).toBe(0);
  });

  it('is paid from what is received where BNB has no price at all', () => {
    const exchange = opened({ symbols: ['BTCUSDT'], feed: {}, bnbFee: true, balances: { USDT: '1000', BNB: '1' } });
    const { fills } = place(exchange, { side: 'BUY', type: 'MARKET', quantity: '0.01' });
    expect(fills?.[0]).toMatchObject({ commissionAsset: 'BTC' });
  });

  it('is cut off what is received', () => {
    const exchange = opened({ takerRate: '0.00075' });
    const buy = place(exchange, { side: 'BUY', type: 'MARKET', quantity: '0.00123' });
    expect(buy.fills?.[0]).toMatchObject({ commission: '0.00000092', commissionAsset: 'BTC' }); // 0.0000009225
    const sell = place(exchange, { side: 'SELL', type: 'MARKET', quantity: '0.00123' });
    expect(sell.fills?.[0]).toMatchObject({ commission: '0.04612499', commissionAsset: 'USDT' }); // 61.4999877 × 0.00075
  });

  it('is paid in BNB at a discount while there is enough, else in full from what is received', () => {
    const exchange = opened({ bnbFee: true, balances: { USDT: '100000', BNB: '0.01' } });
    const buy = (): Body | undefined => place(exchange, { side: 'BUY', type: 'MARKET', quantity: '0.1' }).fills?.[0];
    // 5000.001 × 0.001 × 0.75 / 500
    expect(buy()).toMatchObject({ commission: '0.00750000', commissionAsset: 'BNB' });
    expect(free(exchange, 'BNB')).toBe(0.0025);
    expect(buy()).toMatchObject({ commission: '0.00010000', commissionAsset: 'BTC' });
  });

  it('makes bought BNB pay for later trades', () => {
    const exchange = opened({ bnbFee: true, balances: { USDT: '100000' } });
    const buy = { symbol: 'BNBUSDT', side: 'BUY', type: 'MARKET', quantity: '0.1' };
    expect(place(exchange, buy).fills?.[0]).toMatchObject({ commission: '0.00010000', commissionAsset: 'BNB' });
    expect(place(exchange, buy).fills?.[0]).toMatchObject({ commission: '0.00007500', commissionAsset: 'BNB' });
    expect(free(exchange, 'BNB')).toBe(0.2 - 0.000175);
  });
});

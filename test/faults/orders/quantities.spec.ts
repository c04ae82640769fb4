import { fromNumber, isZero, minus, plus, rounded, sum, times } from '../../../src/domain/decimal.js';
import { assetChanges, type Fees } from '../../../src/domain/ledger.js';
import { holdingAt, purchaseQuantity, saleQuantity } from '../../../src/domain/quantities.js';
import type { Costs } from '../../../src/domain/costs.js';
import type { RecordedOrder } from '../../../src/execution/recording-executor.js';
import type { FakeConfig } from '../../support/exchange/fake-binance.js';
import { Desk, MARKET } from '../../support/execution/desk.js';

const COSTS: Costs = { feeRate: 0.001, feeFrom: 'received', slippage: 0 };
const BUDGET = '100';
const ALL = { limit: 100, offset: 0 };

/** A bot's two orders, sized as it sizes them, on one market of the test exchange. */
class Trader {
  private n = 0;

  private constructor(
    readonly desk: Desk,
    private readonly symbol: string,
  ) {}

  static async on(symbol: string, config: FakeConfig = {}): Promise<Trader> {
    const id = symbol.replace('/', '');
    const names = [...new Set([id, 'BTCUSDT', 'BNBUSDT'])];
    const desk = await Desk.open({ symbols: names, feed: Object.fromEntries(names.map((name) => [name, { volBps: 0 }])), ...config });
    return new Trader(desk, symbol);
  }

  async buy(budget = BUDGET): Promise<RecordedOrder | null> {
    const rules = await this.rules();
    const { ask } = await this.desk.client.bookTop(this.symbol);
    const quantity = purchaseQuantity(budget, ask, rules, COSTS);
    return quantity === null ? null : this.desk.place(++this.n, { symbol: this.symbol, side: 'buy', purpose: 'entry', quantity, rules });
  }

  /** All that can be sold, if it is anything. */
  async sell(): Promise<RecordedOrder | null> {
    const rules = await this.rules();
    const { bid } = await this.desk.client.bookTop(this.symbol);
    const held = await this.held();
    const free = (await this.desk.client.balances())[rules.base]?.free ?? '0';
    const quantity = holdingAt(held, rules, bid) === 'open' ? saleQuantity(held, free, rules) : null;
    return quantity === null ? null : this.desk.place(++this.n, { symbol: this.symbol, side: 'sell', purpose: 'exit', quantity, rules });
  }

  async holding(): Promise<'flat' | 'dust' | 'open'> {
    const { bid } = await this.desk.client.bookTop(this.symbol);
    return holdingAt(await this.held(), await this.rules(), bid);
  }

  async held(): Promise<string> {
    return (await this.position()).quantity;
  }

  /** How every asset changed, by the ledger. */
  async changes(): Promise<Fees> {
    const { base, quote } = await this.rules();
    return assetChanges(await this.position(), { base, quote });
  }

  rules(): ReturnType<Desk['rules']> {
    return this.desk.client.rules(this.symbol);
  }

  position(): ReturnType<Desk['trades']['position']> {
    return this.desk.trades.position({ ...MARKET, symbol: this.symbol });
  }

  /** What the wallet has gained or lost since it held these amounts. */
  async walletChanges(before: Readonly<Record<string, string>>): Promise<Fees> {
    const now = await this.desk.client.balances();
    const assets = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    const changes = assets.map((asset) => [asset, minus(now[asset]?.free ?? '0', before[asset] ?? '0')] as const);
    return Object.fromEntries(changes.filter(([, change]) => !isZero(change)));
  }
}

function withoutZeros(changes: Fees): Fees {
  return Object.fromEntries(Object.entries(changes).filter(([, change]) => !isZero(change)));
}

function stateOf(recorded: RecordedOrder | null): string | null {
  return recorded?.order.state ?? null;
}

describe('quantities against a real exchange', () => {
  let trader: Trader;

  afterEach(() => trader.desk.close());

  it('F19 counts what a market order filled, though it expired, and sells exactly that', async () => {
    trader = await Trader.on('BTC/USDT', { book: { levels: 1, levelQty: '0.0014' } });
    expect(stateOf(await trader.buy())).toBe('EXPIRED');
    expect(await trader.held()).toBe('0.0013986');
    // The book is full again a minute later.
    trader.desk.exchange.advance(60_000);
    expect(await trader.holding()).toBe('open');
    expect(stateOf(await trader.sell())).toBe('FILLED');
    expect(await trader.held()).toBe('0.0000086');
    expect(await trader.desk.problems()).toEqual([]);
  });

  it('F18 counts the part of a resting order that filled, and never forgets the rest', async () => {
    trader = await Trader.on('BTC/USDT', { makerFillRatio: '0.3' });
    const { desk } = trader;
    const { order } = await desk.place(1, { type: 'limit', timeInForce: 'GTC', limitPrice: '49500', quantity: '0.002' });
    expect([order.state, await trader.held()]).toEqual(['OPEN', '0']);
    desk.exchange.control({ command: 'price', symbol: 'BTCUSDT', price: '49000' });
    desk.exchange.advance(60_000);
    // Three tenths filled, and three tenths of the rest; after the time-out what remained is cancelled.
    const { order: ended } = await desk.follow(order);
    expect([ended.state, ended.executedQuantity, await trader.held()]).toEqual(['CANCELED', '0.00102', '0.00101898']);
    expect((await trader.sell())?.order).toMatchObject({ state: 'FILLED', quantity: '0.00101' });
    expect([await trader.held(), await trader.holding()]).toEqual(['0.00000898', 'dust']);
    expect(await desk.problems()).toEqual([]);
  });

  it.each([
    { change: { step: '0.01' }, why: 'the step grew' },
    { change: { minNotional: '1000' }, why: 'the least notional grew' },
  ])('F20 is sized by the rules of the moment: $why between two orders', async ({ change }) => {
    trader = await Trader.on('BTC/USDT');
    const { desk } = trader;
    const before = await trader.rules();
    desk.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', filters: change });
    // By the old rules it is refused, and nothing is sent again by itself.
    const stale = purchaseQuantity(BUDGET, '50000.01', before, COSTS) as string;
    expect((await desk.place(1, { quantity: stale, rules: before })).order.state).toBe('REFUSED');
    // By the new ones there is no order to send.
    expect(purchaseQuantity(BUDGET, '50000.01', await trader.rules(), COSTS)).toBeNull();
    expect(await desk.problems()).toEqual([]);
  });

  it('F21 is refused for want of money once, and does not shrink until it fits', async () => {
    trader = await Trader.on('BTC/USDT', { balances: { USDT: '60', BTC: '0' } });
    expect(stateOf(await trader.buy())).toBe('REFUSED');
    expect(trader.desk.posts()).toBe(1);
    expect(await trader.held()).toBe('0');
  });

  it.each([
    { why: 'the coins bought, and quote currency', symbol: 'BTC/USDT', config: { balances: { USDT: '10000' } }, assets: ['BTC', 'USDT'] },
    { why: 'BNB, where the account pays so', symbol: 'BTC/USDT', config: { bnbFee: true, balances: { USDT: '10000', BNB: '1' } }, assets: ['BNB'] },
    { why: 'BNB until it runs out, then the coins', symbol: 'BTC/USDT', config: { bnbFee: true, balances: { USDT: '10000', BNB: '0.0002' } }, assets: ['BNB', 'BTC', 'USDT'] },
    { why: 'BNB that is itself traded, and held already', symbol: 'BNB/USDT', config: { bnbFee: true, balances: { USDT: '10000', BNB: '1' } }, assets: ['BNB'] },
    { why: 'BNB that is itself bought', symbol: 'BNB/USDT', config: { balances: { USDT: '10000', BNB: '0' } }, assets: ['BNB', 'USDT'] },
  ] as { why: string; symbol: string; config: FakeConfig & { balances: Record<string, string> }; assets: string[] }[])('F22 books fees as they are taken: $why', async ({ symbol, config, assets }) => {
    trader = await Trader.on(symbol, config);
    const [base] = symbol.split('/');
    for (let round = 0; round < 3; round++) {
      expect(stateOf(await trader.buy())).toBe('FILLED');
      const fills = await trader.desk.fills.list({ symbol }, ALL);
      const gone = fills.filter(({ commissionAsset }) => commissionAsset === base).map(({ commission }) => commission);
      const traded = fills.map(({ side, quantity }) => (side === 'buy' ? quantity : minus('0', quantity)));
      expect(await trader.held()).toBe(minus(sum(traded), sum(gone)));
      expect(stateOf(await trader.sell())).toBe('FILLED');
    }
    const fees = (await trader.position()).fees;
    expect(Object.keys(fees).sort()).toEqual(assets);
    // The ledger's fold and the wallet agree to the last digit, whatever fees were taken in.
    expect(withoutZeros(await trader.changes())).toEqual(await trader.walletChanges(config.balances));
    expect(await trader.desk.problems()).toEqual([]);
  });

  it('F22 sells no more than is there: foreign coins stay, and so does what somebody took', async () => {
    trader = await Trader.on('BTC/USDT', { balances: { USDT: '10000', BTC: '0.5' } });
    await trader.buy();
    // 0.00199 less its fee; the half coin is not ours.
    expect(await trader.held()).toBe('0.00198801');
    const sold = await trader.sell();
    expect(sold?.order.quantity).toBe('0.00198');
    expect((await trader.desk.client.balances())['BTC']).toEqual({ free: '0.50000801', locked: '0' });
  });

  it('F23 leaves dust, calls it flat, tries no exit, and sells it with the next position', async () => {
    // Step 0.1, least notional 10, price 20.
    trader = await Trader.on('DUST/USDT', { balances: { USDT: '10000', DUST: '0' } });
    expect((await trader.buy())?.order.quantity).toBe('4.9');
    expect(await trader.held()).toBe('4.8951');
    expect((await trader.sell())?.order.quantity).toBe('4.8');
    expect([await trader.held(), await trader.holding()]).toEqual(['0.0951', 'dust']);
    const posts = trader.desk.posts();
    for (let tick = 0; tick < 5; tick++) expect(await trader.sell()).toBeNull();
    expect(trader.desk.posts()).toBe(posts);
    expect((await trader.position()).holding).toBe('dust');
    // 4.9 more, less its fee: 4.9902. The dust goes with it.
    await trader.buy();
    expect(await trader.held()).toBe('4.9902');
    expect((await trader.sell())?.order.quantity).toBe('4.9');
    expect(await trader.desk.problems()).toEqual([]);
  });

  it('F23 calls dust what is worth too little, until the price makes it worth enough', async () => {
    trader = await Trader.on('DUST/USDT', { balances: { USDT: '10000', DUST: '0' } });
    // 0.5 for 10.005; with its fee 0.4 can be sold, for 8.
    await trader.buy('11');
    expect([await trader.held(), await trader.holding(), await trader.sell()]).toEqual(['0.4995', 'dust', null]);
    const rules = await trader.rules();
    expect([holdingAt('0.4995', rules, '24.99'), holdingAt('0.4995', rules, '25')]).toEqual(['dust', 'open']);
  });
});

describe('the ledger of a purchase whose fee is taken from the coins, a full exit, and dust', () => {
  it('F22 reads as what happened, to the last digit', async () => {
    const { desk } = await Trader.on('BTC/USDT').then(async (trader) => {
      await trader.buy();
      await trader.sell();
      return trader;
    });
    const ledger = await desk.ledger();
    const [trip] = await desk.trades.list({}, ALL);
    const [sold, bought] = await desk.fills.list({}, ALL);
    const position = await desk.trades.position(MARKET);

    // 100 / 50000.01 is 0.0019999996: 199 steps.
    expect(bought).toMatchObject({ side: 'buy', quantity: '0.00199', price: '50000.01', commission: '0.00000199', commissionAsset: 'BTC' });
    // 0.00198801 came; 198 steps can be sold. 98.9999802 for 0.0989999802 of it, cut after eight places.
    expect(sold).toMatchObject({ side: 'sell', quantity: '0.00198', price: '49999.99', commission: '0.09899998', commissionAsset: 'USDT' });
    // 0.00000801 of a coin is left. It cost 99.5000199 * 0.00000801 / 0.00198801, and carries that on.
    expect(position).toMatchObject({ quantity: '0.00000801', holding: 'dust', fees: { BTC: '0.00000199', USDT: '0.09899998' } });
    expect(rounded(position.cost, 8)).toBe(rounded(times('99.5000199', fromNumber(0.00000801 / 0.00198801)), 8));
    // What moved in all: 98.9999802 - 0.09899998 - 99.5000199.
    expect(minus(position.realised, position.cost)).toBe('-0.59903968');
    expect(plus('10000', minus(position.realised, position.cost))).toBe((await desk.client.balances())['USDT']?.free);
    // The round trip is closed: what is left cannot be sold.
    expect(trip).toMatchObject({ bought: '0.00199', sold: '0.00198', entryValue: '99.5000199', exitValue: '98.9999802', pnl: position.realised, exitReason: 'signal' });
    expect(trip.closedAt).not.toBeNull();
    expect(ledger.orders.map(({ status, side }) => `${side} ${status}`).sort()).toEqual(['BUY FILLED', 'SELL FILLED']);
    expect(await desk.problems()).toEqual([]);
    await desk.close();
  });
});

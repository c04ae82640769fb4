import { rounded, type DecimalText } from '../../src/domain/decimal.js';
import type { Costs } from '../../src/domain/costs.js';
import type { Side } from '../../src/domain/order.js';
import type { Executor, OrderOutcome, OrderRequest } from '../../src/execution/executor.js';
import { PaperAccount } from '../../src/execution/paper/paper-account.js';
import { PaperExecutor } from '../../src/execution/paper/paper-executor.js';
import { PriceSource, type TradablePrice } from '../../src/execution/paper/price-source.js';
import type { TradingAccount } from '../../src/exchange/trading-client.js';
import { RecordingExecutor } from '../../src/execution/recording-executor.js';
import { openMemoryLedger } from '../../src/persistence/open-ledger.js';
import { OrderRepository } from '../../src/persistence/repositories/order-repository.js';
import { TradeRepository } from '../../src/persistence/repositories/trade-repository.js';
import { Desk } from '../support/execution/desk.js';
import { newPlan } from '../support/execution/plans.js';
import type { FakeConfig } from '../support/exchange/fake-binance.js';

/** What the test exchange takes: 0.1 % of what is received. */
const COSTS: Costs = { feeRate: 0.001, feeFrom: 'received', slippage: 0 };

/** One level, so that the best price is all there is. Best bid 49999.99, best ask 50000.01. */
const BOOK = { levels: 1, levelQty: '0.01' };

/** The best price of the exchange's book, and how much there is of it. */
class BestPrices extends PriceSource {
  constructor(private readonly account: TradingAccount) {
    super();
  }

  async next(symbol: string, side: Side): Promise<TradablePrice> {
    const { bid, bidQuantity, ask, askQuantity } = await this.account.bookTop(symbol);
    return side === 'buy' ? { price: Number(ask), available: askQuantity } : { price: Number(bid), available: bidQuantity };
  }
}

/** An executor with an account of 10000 USDT, in front of the same book as the other. */
interface Contestant {
  readonly desk: Desk;
  readonly executor: Executor;
  readonly account: TradingAccount;
  place(order: Shape): Promise<OrderOutcome>;
  close(): Promise<void>;
}

type Shape = Pick<OrderRequest, 'side' | 'quantity'> & Partial<Pick<OrderRequest, 'type' | 'timeInForce' | 'limitPrice'>>;

async function contestant(name: 'paper' | 'binance', config: FakeConfig): Promise<Contestant> {
  const desk = await Desk.open({ book: BOOK, ...config });
  const database = name === 'binance' ? desk.database : await openMemoryLedger();
  const { executor, account } = name === 'binance' ? { executor: desk.executor, account: desk.client } : paperOn(desk, new TradeRepository(database));
  const recording = new RecordingExecutor(executor, new OrderRepository(database), desk.clock);
  let n = 0;
  return {
    desk,
    executor,
    account,
    place: async (shape) => (await recording.execute(newPlan(++n, { rules: await desk.rules(), ...shape }), desk.exchange.now)).outcome,
    close: async () => {
      if (database !== desk.database) await database.close();
      await desk.close();
    },
  };
}

/** Of the real exchange it sees the public side only. */
function paperOn({ client }: Desk, trades: TradeRepository): { executor: PaperExecutor; account: PaperAccount } {
  const market = { serverTime: () => client.serverTime(), rules: (symbol: string) => client.rules(symbol), bookTop: (symbol: string) => client.bookTop(symbol), openOf: () => Promise.resolve(null) };
  const account = new PaperAccount({ botId: 'bot-1', exchange: 'binance', capitalAsset: 'USDT', capital: '10000' }, market, trades);
  return { account, executor: new PaperExecutor(account, new BestPrices(client), COSTS) };
}

/** State or code, and executions in one line each. Exchanges cut commissions after eight places. */
function summary(outcome: OrderOutcome): readonly string[] {
  if (outcome.kind === 'refused') return [`refused ${outcome.code} ${outcome.consequence}`];
  if (outcome.kind !== 'known') return [outcome.kind];
  const { state, fills, exchangeOrderId } = outcome.report;
  expect([exchangeOrderId, ...fills.map(({ tradeId }) => tradeId)].every((id) => /^\d+$/.test(id))).toBe(true);
  return [state, ...fills.map(({ quantity, price, commission, commissionAsset }) => `${quantity} at ${price} for ${rounded(commission, 8)} ${commissionAsset}`)];
}

async function freeOf({ account }: Contestant): Promise<Record<string, DecimalText>> {
  const balances = await account.balances();
  return Object.fromEntries(['BTC', 'USDT'].map((asset) => [asset, rounded(balances[asset]?.free ?? '0', 8)]));
}

describe.each(['paper', 'binance'] as const)('an order on %s', (name) => {
  let us: Contestant;

  async function begin(config: FakeConfig = {}): Promise<void> {
    us = await contestant(name, config);
  }

  afterEach(() => us.close());

  it('buys at the best ask and pays in coins, sells at the best bid and pays in quote currency', async () => {
    await begin();
    expect(summary(await us.place({ side: 'buy', quantity: '0.002' }))).toEqual(['FILLED', '0.002 at 50000.01 for 0.000002 BTC']);
    // 10000 - 0.002 * 50000.01, and 0.002 * 0.999 coins.
    expect(await freeOf(us)).toEqual({ BTC: '0.001998', USDT: '9899.99998' });
    // 49.99999 for 0.04999999 of it.
    expect(summary(await us.place({ side: 'sell', quantity: '0.001' }))).toEqual(['FILLED', '0.001 at 49999.99 for 0.04999999 USDT']);
    expect(await freeOf(us)).toEqual({ BTC: '0.000998', USDT: '9949.94997001' });
  });

  it('F19 takes what a thin book has, and the rest of a market order expires', async () => {
    await begin({ book: { levels: 1, levelQty: '0.0014' } });
    expect(summary(await us.place({ side: 'buy', quantity: '0.002' }))).toEqual(['EXPIRED', '0.0014 at 50000.01 for 0.0000014 BTC']);
    expect(await freeOf(us)).toEqual({ BTC: '0.0013986', USDT: '9929.999986' });
  });

  it('F19 takes what a thin book has within its limit, and the rest expires', async () => {
    await begin({ book: { levels: 1, levelQty: '0.0014' } });
    expect(summary(await us.place({ side: 'buy', quantity: '0.002', type: 'limit', timeInForce: 'IOC', limitPrice: '50010' }))).toEqual(['EXPIRED', '0.0014 at 50000.01 for 0.0000014 BTC']);
  });

  it('takes nothing beyond its limit', async () => {
    await begin();
    expect(summary(await us.place({ side: 'buy', quantity: '0.002', type: 'limit', timeInForce: 'IOC', limitPrice: '50000' }))).toEqual(['EXPIRED']);
    expect(await freeOf(us)).toEqual({ BTC: '0', USDT: '10000' });
  });

  it.each([
    { order: { side: 'buy', quantity: '9001' }, refusal: 'refused -1013 reread_rules', why: 'LOT_SIZE: more than the most' },
    { order: { side: 'buy', quantity: '101' }, refusal: 'refused -1013 reread_rules', why: 'MARKET_LOT_SIZE: more than a market order may' },
    { order: { side: 'buy', quantity: '0.00009' }, refusal: 'refused -1013 reread_rules', why: 'NOTIONAL: worth 4.50' },
    { order: { side: 'sell', quantity: '0.00009' }, refusal: 'refused -1013 reread_rules', why: 'NOTIONAL also of what is not there to sell' },
    { order: { side: 'buy', quantity: '0.002', type: 'limit', timeInForce: 'IOC', limitPrice: '1000000.01' }, refusal: 'refused -1013 reread_rules', why: 'PRICE_FILTER: more than the most' },
    { order: { side: 'buy', quantity: '0.00009', type: 'limit', timeInForce: 'IOC', limitPrice: '50010' }, refusal: 'refused -1013 reread_rules', why: 'NOTIONAL at its limit' },
  ] satisfies { order: Shape; refusal: string; why: string }[])('F20 is refused by $why', async ({ order, refusal }) => {
    await begin();
    expect(summary(await us.place(order))).toEqual([refusal]);
    expect(await freeOf(us)).toEqual({ BTC: '0', USDT: '10000' });
  });

  it.each([
    { order: { side: 'buy', quantity: '0.000215' }, why: 'a quantity between two steps' },
    { order: { side: 'buy', quantity: '0.002', type: 'limit', timeInForce: 'IOC', limitPrice: '50000.005' }, why: 'a price between two steps' },
  ] satisfies { order: Shape; why: string }[])('F20 is refused for $why, and never rounded to a neighbour', async ({ order }) => {
    await begin();
    const outcome = await us.place(order);
    expect(outcome.kind).toBe('refused');
    expect(await freeOf(us)).toEqual({ BTC: '0', USDT: '10000' });
  });

  it.each([
    { order: { side: 'buy', quantity: '1' }, why: 'money' },
    { order: { side: 'sell', quantity: '0.001' }, why: 'coins' },
    { order: { side: 'buy', quantity: '0.2', type: 'limit', timeInForce: 'IOC', limitPrice: '50010' }, why: 'money for its limit, though the book has little' },
  ] satisfies { order: Shape; why: string }[])('F21 is refused for want of $why', async ({ order }) => {
    await begin({ book: { levels: 1, levelQty: '5' } });
    expect(summary(await us.place(order))).toEqual(['refused -2010 none']);
    expect(await freeOf(us)).toEqual({ BTC: '0', USDT: '10000' });
  });

  it('F46 is refused while the market is closed', async () => {
    await begin();
    us.desk.exchange.control({ command: 'symbol', symbol: 'BTCUSDT', status: 'HALT' });
    expect((await us.place({ side: 'buy', quantity: '0.002' })).kind).toBe('refused');
    expect(await freeOf(us)).toEqual({ BTC: '0', USDT: '10000' });
  });

  it('F105 is refused before anything leaves when an amount is none', async () => {
    await begin();
    const { executor, desk } = us;
    for (const quantity of ['NaN', 'Infinity', '-Infinity', '-0.002', '0', '1e-9', '0.000000001', '1e12', '1000000000000', '1e-3', '0x10', '']) {
      const order: OrderRequest = { symbol: 'BTC/USDT', clientOrderId: 'tb-x', side: 'buy', type: 'market', timeInForce: null, quantity, limitPrice: null, stopPrice: null, referencePrice: '50000' };
      expect(await executor.execute(order, desk.exchange.now)).toMatchObject({ kind: 'refused' });
    }
    expect(desk.posts()).toBe(0);
  });

  it('F99 is signed on the exchange, and never on paper', async () => {
    await begin();
    await us.place({ side: 'buy', quantity: '0.002' });
    const signed = us.desk.exchange.journal.filter((entry) => entry.type === 'request').filter(({ signed }) => signed);
    expect(signed.length > 0).toBe(name === 'binance');
  });
});

import { FixedPrice, NO_COSTS, PaperBench } from '../../../test/support/paper/paper-bench.js';
import { marketRules } from '../../../test/support/market-rules.js';
import type { Costs } from '../../domain/costs.js';
import type { DecimalText } from '../../domain/decimal.js';
import { ExchangeUnavailable } from '../../domain/errors.js';
import type { OrderOutcome } from '../executor.js';
import { paperOrderId } from './paper-fill.js';

const FEE: Costs = { feeRate: 0.001, feeFrom: 'received', slippage: 0 };

function benchAt(price: number, { costs = FEE, capital = '10000', available = null, rules = marketRules() }: { costs?: Costs; capital?: DecimalText; available?: DecimalText | null; rules?: ReturnType<typeof marketRules> } = {}): PaperBench {
  return new PaperBench(new FixedPrice({ price, available }), costs, capital, rules);
}

function fillOf(outcome: OrderOutcome): unknown {
  if (outcome.kind !== 'known') throw new Error(`Expected a fill, was ${JSON.stringify(outcome)}`);
  return outcome.report.fills[0];
}

describe('a paper order', () => {
  it('fills at the next price, and its purchase pays in coins', async () => {
    const bench = benchAt(42_000);
    const order = bench.order('buy', '0.00238');
    const id = paperOrderId(order.clientOrderId);
    expect(await bench.trade(order, 1234)).toEqual({
      kind: 'known',
      report: { state: 'FILLED', exchangeOrderId: id, reason: null, fills: [{ tradeId: id, price: '42000', quantity: '0.00238', commission: '0.00000238', commissionAsset: 'BTC', executedAt: 1234 }] },
    });
  });

  it.each([
    { costs: FEE, side: 'sell', commission: '0.084', commissionAsset: 'USDT', why: 'a sale pays in quote currency' },
    { costs: { ...FEE, feeFrom: 'quote' }, side: 'buy', commission: '0.084', commissionAsset: 'USDT', why: 'so does a purchase whose fee comes on top' },
    { costs: NO_COSTS, side: 'buy', commission: '0', commissionAsset: 'BTC', why: 'nothing is nothing' },
  ] as const)('pays its fee: $why', async ({ costs, side, commission, commissionAsset }) => {
    const bench = benchAt(42_000, { costs });
    if (side === 'sell') await bench.trade(bench.order('buy', '0.1'));
    expect(fillOf(await bench.trade(bench.order(side, '0.002')))).toMatchObject({ commission, commissionAsset });
  });

  it('pays slippage, both ways, and says beforehand what it will pay', async () => {
    const bench = benchAt(100, { costs: { ...NO_COSTS, slippage: 0.25 } });
    expect([await bench.executor.fillPrice('BTC/USDT', 'buy', 0), await bench.executor.fillPrice('BTC/USDT', 'sell', 0)]).toEqual([125, 75]);
    expect(fillOf(await bench.trade(bench.order('buy', '1')))).toMatchObject({ price: '125' });
    expect(fillOf(await bench.trade(bench.order('sell', '1')))).toMatchObject({ price: '75' });
  });

  it('gets the same ids whenever it is sent, in digits, and others get others', () => {
    const ids = Array.from({ length: 1000 }, (_, n) => paperOrderId(`tb-${n}`));
    expect(ids).toEqual(Array.from({ length: 1000 }, (_, n) => paperOrderId(`tb-${n}`)));
    expect(new Set(ids).size).toBe(1000);
    expect(ids.every((id) => /^\d{1,15}$/.test(id) && Number.isSafeInteger(Number(id)))).toBe(true);
  });

  it('F19 fills only what there is, in whole steps, and the rest expires', async () => {
    const bench = benchAt(42_000, { available: '0.0014159' });
    const outcome = await bench.trade(bench.order('buy', '0.002'));
    expect(outcome).toMatchObject({ kind: 'known', report: { state: 'EXPIRED', reason: 'INSUFFICIENT_LIQUIDITY', fills: [{ quantity: '0.00141' }] } });
    expect(bench.position.quantity).toBe('0.00140859');
  });

  it('F19 expires without a fill where there is nothing', async () => {
    const bench = benchAt(42_000, { available: '0.000001' });
    expect(await bench.trade(bench.order('buy', '0.002'))).toMatchObject({ kind: 'known', report: { state: 'EXPIRED', fills: [] } });
  });

  it.each([
    { side: 'buy', limitPrice: '42000', fills: 1, state: 'FILLED', why: 'fills at its limit' },
    { side: 'buy', limitPrice: '41999.99', fills: 0, state: 'EXPIRED', why: 'pays no more' },
    { side: 'sell', limitPrice: '42000', fills: 1, state: 'FILLED', why: 'sells at its limit' },
    { side: 'sell', limitPrice: '42000.01', fills: 0, state: 'EXPIRED', why: 'sells for no less' },
  ] as const)('with a limit, for now or never, $why', async ({ side, limitPrice, fills, state }) => {
    const bench = benchAt(42_000);
    await bench.trade(bench.order('buy', '0.1'));
    const outcome = await bench.trade(bench.order(side, '0.002', { type: 'limit', timeInForce: 'IOC', limitPrice }));
    expect(outcome).toMatchObject({ kind: 'known', report: { state, reason: fills === 1 ? null : 'UNFILLED_IOC_QUANTITY_EXPIRED' } });
    expect(bench.fills).toHaveLength(1 + fills);
  });

  it.each([
    { type: 'limit', timeInForce: 'GTC', limitPrice: '42000', stopPrice: null },
    { type: 'stop_loss_limit', timeInForce: 'GTC', limitPrice: '41000', stopPrice: '41500' },
    { type: 'stop_loss_limit', timeInForce: 'IOC', limitPrice: '41000', stopPrice: '41500' },
  ] as const)('that would rest is refused: $type $timeInForce', async (shape) => {
    const bench = benchAt(42_000);
    expect(await bench.trade(bench.order('sell', '0.002', shape))).toMatchObject({ kind: 'refused', code: 'PAPER.RESTING' });
  });

  it.each([
    { quantity: '0.00011', code: '-1013', message: /^Filter failure: NOTIONAL\. The order is worth 4\.62 USDT/, consequence: 'reread_rules' },
    { quantity: '0.000015', code: '-1013', message: /^Filter failure: LOT_SIZE/, consequence: 'reread_rules' },
    { quantity: '101', code: '-1013', message: /^Filter failure: MARKET_LOT_SIZE/, consequence: 'reread_rules' },
    { quantity: '1', code: '-2010', message: /insufficient balance/, consequence: 'none' },
    { quantity: 'NaN', code: 'LOCAL.INVALID', message: /was "NaN"/, consequence: 'none' },
  ] as const)('F20 is refused as an exchange would: $quantity with $code', async ({ quantity, code, message, consequence }) => {
    const bench = benchAt(42_000);
    const outcome = await bench.trade(bench.order('buy', quantity));
    expect(outcome).toEqual({ kind: 'refused', code, message: expect.stringMatching(message), consequence, retryAfterMs: 0 });
  });

  it('is refused while the market is closed', async () => {
    const bench = benchAt(42_000, { rules: marketRules({ status: 'halted' }) });
    expect(await bench.trade(bench.order('buy', '0.002'))).toMatchObject({ kind: 'refused', code: '-2010', message: 'Market is closed.' });
  });

  it.each([
    { capital: '84', refused: false, why: 'exactly its cost' },
    { capital: '83.99999999', refused: true, why: 'a little less' },
    { capital: '84', costs: { ...FEE, feeFrom: 'quote' as const }, refused: true, why: 'its cost, but not the fee on top' },
    { capital: '84.084', costs: { ...FEE, feeFrom: 'quote' as const }, refused: false, why: 'its cost and the fee' },
  ])('F21 needs money for what it costs: with $why', async ({ capital, costs = FEE, refused }) => {
    const bench = benchAt(42_000, { capital, costs });
    expect((await bench.trade(bench.order('buy', '0.002'))).kind).toBe(refused ? 'refused' : 'known');
  });

  it('F21 needs money for its limit, not only for the better price that it would get', async () => {
    const bench = benchAt(42_000, { capital: '84' });
    expect(await bench.trade(bench.order('buy', '0.002', { type: 'limit', timeInForce: 'IOC', limitPrice: '43000' }))).toMatchObject({ kind: 'refused', code: '-2010' });
  });

  it('F21 needs the coins that it sells, those that a fee has taken left out', async () => {
    const bench = benchAt(42_000);
    await bench.trade(bench.order('buy', '0.002'));
    expect(await bench.trade(bench.order('sell', '0.002'))).toMatchObject({ kind: 'refused', code: '-2010' });
    expect(await bench.trade(bench.order('sell', '0.00199'))).toMatchObject({ kind: 'known' });
  });

  it('may cost the last digit of a double more than there is where quantities have no step', async () => {
    const plain = marketRules({ lotStep: '0', minQuantity: '0', maxQuantity: '0', maxMarketQuantity: '0', minNotional: '0' });
    const bench = benchAt(3, { capital: '1', rules: plain, costs: NO_COSTS });
    // 1 / 3 as a double, times 3, is 0.99999999999999990; its neighbour costs more than 1.
    const above = String(1 / 3 + 2 ** -54);
    expect(Number(above) * 3).toBeGreaterThanOrEqual(1);
    expect((await bench.trade(bench.order('buy', above))).kind).toBe('known');
    expect((await bench.account.balances())['USDT']).toEqual({ free: '0', locked: '0' });
    expect((await bench.trade(bench.order('buy', '0.1'))).kind).toBe('refused');
  });

  it('is not sent where nothing is traded, or the market says nothing', async () => {
    const closed = new PaperBench(new FixedPrice(null), FEE);
    expect(await closed.trade(closed.order('buy', '0.002'))).toEqual({ kind: 'not_sent', message: 'BTC/USDT is not traded at the moment' });
    const silent = benchAt(42_000);
    silent.market.fault = new ExchangeUnavailable('binance did not answer');
    expect(await silent.trade(silent.order('buy', '0.002'))).toEqual({ kind: 'not_sent', message: 'binance did not answer' });
  });

  it('lets faults of our own go up', async () => {
    const bench = benchAt(42_000);
    bench.market.fault = new TypeError('a bug');
    await expect(bench.trade(bench.order('buy', '0.002'))).rejects.toBe(bench.market.fault);
  });

  it('is to be found in the ledger only', async () => {
    const { executor } = benchAt(42_000);
    expect([await executor.lookUp(), await executor.cancel()]).toEqual([{ kind: 'not_found' }, { kind: 'not_found' }]);
  });
});

import { ExchangeAuthError, ExchangeUnavailable } from '../../../src/domain/errors.js';
import { Account, codes, MINUTE } from '../../support/execution/account.js';
import { ON_ORDER } from '../../support/execution/desk.js';
import type { FakeConfig } from '../../support/exchange/fake-binance.js';
import type { Assertion } from '../../support/exchange/oracle/assertions.js';

const BALANCES = { USDT: '100000', BTC: '0' };

let account: Account;

afterEach(() => account.close());

async function open(config: FakeConfig = {}): Promise<void> {
  account = await Account.open({ balances: BALANCES, ...config });
}

function problems(...assertions: Assertion[]): string[] {
  return assertions.flatMap((assertion) => (account.desk.exchange.control({ command: 'assert', ...assertion }) as { problems: string[] }).problems);
}

const requests = (): number => account.desk.exchange.journal.filter(({ type }) => type === 'request').length;

describe('an exchange that is not there', () => {
  it('F77 down for hours: bounded pauses, one alarm, and the first answer is enough to go on', async () => {
    await open();
    await account.reconcile();
    account.effect({ type: 'maintenance', ms: 3 * 60 * MINUTE });
    const before = requests();
    const down = await account.ticks(180);
    expect(down.every((result) => result instanceof ExchangeUnavailable)).toBe(true);
    // At most one question a tick, and never a pause of more than a tick.
    expect(requests() - before).toBeLessThanOrEqual(180);
    expect(requests() - before).toBeGreaterThanOrEqual(90);
    expect(await account.events('error')).toHaveLength(1);
    const [again] = await account.ticks(1);
    expect(again).toMatchObject({ findings: [] });
    expect(await account.events('reconciled')).toEqual([{ after_outage_ms: expect.any(Number) as number }]);
    expect(problems({ name: 'noOrderWhile', args: { state: 'maintenance' } })).toEqual([]);
  });

  it('F77 asked ten times a second it asks the exchange a handful of times a minute', async () => {
    await open();
    account.effect({ type: 'refuse', ms: 10 * MINUTE });
    let asked = 0;
    for (let i = 0; i < 600; i++) {
      const error = await account.reconcile().catch((thrown: unknown) => thrown as Error);
      if (!/is asked again in/.test((error as Error).message)) asked++;
      account.desk.exchange.advance(100);
    }
    expect(asked).toBeGreaterThanOrEqual(4);
    expect(asked).toBeLessThanOrEqual(8);
  });

  it('F78 429 on any endpoint: every call waits for as long as it was told, orders included', async () => {
    await open();
    account.effect({ type: 'weight', used: 6000 });
    await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeUnavailable);
    expect(account.desk.client.waitMs()).toBeGreaterThan(0);
    await account.ticks(4);
    expect(problems({ name: 'backoffRespected' })).toEqual([]);
    expect(codes(await account.reconcile())).toEqual([]);
  });

  it('F79 a ban is sat out in silence, and a restart does not forget it', async () => {
    await open();
    account.effect({ type: 'ban', sec: 600 });
    await expect(account.reconcile()).rejects.toMatchObject({ code: 'EXCHANGE.UNAVAILABLE', retryAfterMs: 600_000 });
    const asked = requests();
    for (let minute = 1; minute < 10; minute++) {
      account.desk.exchange.advance(MINUTE);
      account.restart();
      await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeUnavailable);
    }
    expect(requests()).toBe(asked);
    expect(await account.events('wait')).toHaveLength(1);
    account.desk.exchange.advance(MINUTE + 1000);
    account.restart();
    expect(codes(await account.reconcile())).toEqual([]);
    expect(problems({ name: 'backoffRespected' })).toEqual([]);
  });

  it('F80 -1015 refuses the order for certain, and the next one waits', async () => {
    await open({ limits: { ordersPer10s: 1 } });
    // Orders that are filled count no more: only one that rests uses the limit up.
    await account.desk.place(1, { type: 'limit', timeInForce: 'GTC', quantity: '0.1', limitPrice: '49000' });
    const { order, outcome } = await account.desk.place(2, { quantity: '0.1' });
    expect(outcome).toMatchObject({ kind: 'refused', code: '-1015', consequence: 'wait' });
    expect(order.state).toBe('REFUSED');
    expect(account.desk.client.waitMs()).toBeGreaterThan(0);
    await account.ticks(2);
    expect(await account.reconcile()).toMatchObject({ findings: [], changes: 0, position: { quantity: '0' } });
    expect(account.desk.posts()).toBe(2);
    expect(problems({ name: 'backoffRespected' })).toEqual([]);
  });

  it('F78 F79 what an order was told in the middle of a tick is kept for the next process, too', async () => {
    await open();
    await account.reconcile();
    account.desk.strike({ match: ON_ORDER, times: 1, phase: 'before', effect: { type: 'http', status: 429, body: '{"code":-1003,"msg":"Too much request weight used."}', headers: { 'Retry-After': '120' } } });
    const { outcome } = await account.desk.place(1, { quantity: '0.1' });
    expect(outcome).toMatchObject({ kind: 'refused', consequence: 'wait' });
    await account.keepWaits();
    account.restart();
    const before = requests();
    await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeUnavailable);
    expect(account.desk.client.waitMs()).toBeGreaterThan(110_000);
    expect(requests()).toBe(before);
  });

  it('F86 reads that fail let nothing pass, although orders would be taken', async () => {
    await open();
    for (const path of ['time', 'exchangeInfo', 'myTrades', 'account', 'ticker/bookTicker']) {
      account.restart();
      account.desk.strike({ match: { method: 'GET', path: `^/api/v3/${path}$` }, effect: { type: 'reset' } });
      await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeUnavailable);
      account.desk.clearFaults();
    }
    expect(account.desk.posts()).toBe(0);
  });

  it.each([
    ['openOrders', '^/api/v3/openOrders$', 'RECONCILE.UNREAD no_entries'],
    ['permissions of the key', '^/sapi/v1/account/apiRestrictions$', 'LIVE.KEY_UNCHECKED no_entries'],
  ])('F86 only purchases need the %s: a sale is not kept back by them', async (_what, path, finding) => {
    await open();
    await account.desk.place(1, { quantity: '0.1' });
    account.desk.strike({ match: { method: 'GET', path }, effect: { type: 'http', status: 503, body: '<html></html>' } });
    const result = await account.reconcile();
    expect(codes(result)).toEqual([finding]);
    expect(result.sellable).toBe('0.0999');
  });

  it('F86 orders that fail while reads work are looked for and found absent, and nothing is sent again', async () => {
    await open();
    account.desk.strike({ match: { method: 'POST' }, phase: 'before', effect: { type: 'http', status: 502, body: '<html></html>' } });
    const { order } = await account.desk.place(1, { quantity: '0.1' });
    await account.ticks(4);
    expect((await account.desk.orders.byId(order.id))?.state).toBe('ABSENT');
    expect(account.desk.posts()).toBe(1);
  });

  it.each(['{}', '[]', 'null', 'empty', 'html', 'deep'] as const)('F86 a reply of %s to any question is no answer: nothing is concluded from it', async (kind) => {
    await open();
    await account.desk.place(1, { quantity: '0.1' });
    for (const path of ['time', 'exchangeInfo', 'account', 'ticker/bookTicker', ...(kind === '[]' ? [] : ['myTrades'])]) {
      account.restart();
      account.desk.strike({ match: { method: 'GET', path: `^/api/v3/${path}$` }, effect: { type: 'replace', kind } });
      await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeUnavailable);
      account.desk.clearFaults();
    }
    expect(await account.desk.position()).toBe('0.0999');
  });

  it('F86 an empty list of trades is no answer once there was one that everybody must see', async () => {
    await open();
    await account.desk.place(1, { quantity: '0.1' });
    account.desk.exchange.advance(11 * MINUTE);
    account.desk.strike({ match: { method: 'GET', path: '^/api/v3/myTrades$' }, times: 2, effect: { type: 'replace', kind: '[]' } });
    const found = await account.ticks(3);
    expect(found.map((result) => (result instanceof Error ? [result.message] : codes(result)))).toEqual([['RECONCILE.HISTORY_UNSEEN no_orders'], ['RECONCILE.HISTORY_UNSEEN no_orders'], []]);
  });

  it.each([
    ['redirect', { type: 'redirect', location: 'http://127.0.0.1:9/' }],
    ['drip', { type: 'drip', bytesPerSec: 0.5 }],
    ['close', { type: 'close' }],
    ['stall', { type: 'stall' }],
  ] as const)('F84 F85 %s: a read fails within its deadline and is asked again in the next tick; an order is never sent again', async (_name, effect) => {
    await open();
    account.desk.strike({ match: { method: 'GET', path: '^/api/v3/account$' }, times: 1, effect });
    const began = account.desk.exchange.now;
    await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeUnavailable);
    expect(account.desk.exchange.now - began).toBeLessThanOrEqual(15_000);
    account.desk.exchange.advance(MINUTE);
    expect(codes(await account.reconcile())).toEqual([]);
    account.desk.strike({ match: ON_ORDER, times: 1, effect });
    const { outcome } = await account.desk.place(1, { quantity: '0.1' });
    expect(outcome.kind).toBe('unknown');
    await account.ticks(3);
    expect(account.desk.posts()).toBe(1);
    expect(await account.desk.problems()).toEqual([]);
    expect(await account.desk.position()).toBe('0.0999');
  });
});

describe('a key', () => {
  it('F81 that is revoked halts at once, is told once, and halts until a person resumes although it works again', async () => {
    await open();
    await account.reconcile();
    account.desk.exchange.control({ command: 'key', active: false });
    for (const result of await account.ticks(3)) expect(result).toBeInstanceOf(ExchangeAuthError);
    account.desk.exchange.control({ command: 'key', active: true });
    expect(await account.events('alarm')).toEqual([{ code: 'EXCHANGE.AUTH', message: expect.not.stringMatching(/K{64}|signature/) as string }]);
    account.restart();
    expect(codes(await account.reconcile())).toEqual(['EXCHANGE.AUTH halt']);
    await account.resume();
    expect(codes(await account.reconcile())).toEqual([]);
  });

  it('F81 that may no longer trade refuses the order for certain and asks for a halt, whatever the library calls it', async () => {
    await open();
    await account.reconcile();
    account.desk.exchange.control({ command: 'key', perms: ['USER_DATA'] });
    const { order, outcome } = await account.desk.place(1, { quantity: '0.1' });
    expect(outcome).toMatchObject({ kind: 'refused', code: '-2015', consequence: 'halt' });
    expect(order.state).toBe('REFUSED');
    expect(account.desk.posts()).toBe(1);
  });

  it('F82 that can withdraw halts, unless its owner has said that this is wanted', async () => {
    const config = { keys: [{ restrictions: { enableWithdrawals: true, enableSpotAndMarginTrading: true, ipRestrict: true } }] };
    await open(config);
    expect(codes(await account.reconcile())).toContain('LIVE.WITHDRAWALS_ALLOWED halt');
    await account.close();
    account = await Account.open(config, { allowWithdrawals: true });
    expect(codes(await account.reconcile())).toEqual(['LIVE.WITHDRAWALS_OVERRIDDEN nothing']);
  });

  it('F82 is looked at hourly: a right that it was given meanwhile is seen', async () => {
    await open();
    expect(codes(await account.reconcile())).toEqual([]);
    account.desk.exchange.control({ command: 'key', restrictions: { enableWithdrawals: true } });
    account.desk.exchange.advance(30 * MINUTE);
    expect(codes(await account.reconcile())).toEqual([]);
    account.desk.exchange.advance(31 * MINUTE);
    expect(codes(await account.reconcile())).toEqual(['LIVE.WITHDRAWALS_ALLOWED halt']);
  });

  it('F83 with a wrong secret halts, and nothing is sent again', async () => {
    await open();
    account.restart({ secret: 'T'.repeat(64) });
    await expect(account.reconcile()).rejects.toBeInstanceOf(ExchangeAuthError);
    const outcome = await account.desk.client.place({ symbol: 'BTC/USDT', clientOrderId: 'tb-x', side: 'buy', type: 'market', timeInForce: null, quantity: '0.1', limitPrice: null, stopPrice: null });
    expect(outcome).toMatchObject({ kind: 'refused', code: '-1022', consequence: 'halt' });
    expect(account.desk.posts()).toBe(1);
    expect(await account.events('alarm')).toHaveLength(1);
  });
});

describe('the clock and the weight', () => {
  it.each([
    [500, []],
    [-500, []],
    [5000, []],
    [-5000, []],
    [59_000, []],
    [61_000, ['CLOCK.OFFSET no_orders']],
    [-86_400_000, ['CLOCK.OFFSET no_orders']],
  ])('F47 F49 a machine whose clock is off by %d ms: %j, and signed questions are answered', async (jump, found) => {
    await open();
    account.desk.clock.jump(jump);
    const result = await account.reconcile();
    expect(codes(result)).toEqual(found);
    expect(result.offsetMs).toBe(jump === 0 ? 0 : -jump);
  });

  it('F49 a skew that comes between two ticks is set right before anything is signed', async () => {
    await open();
    await account.reconcile();
    account.effect({ type: 'skew', ms: 20_000 });
    expect(codes(await account.reconcile())).toEqual([]);
    expect(account.desk.exchange.journal.filter((entry) => entry.type === 'request' && entry.code === -1021)).toEqual([]);
  });

  it('F108 another program eats the weight: entries stop above 80 %, and the sale is still known', async () => {
    await open();
    await account.desk.place(1, { quantity: '0.1' });
    account.effect({ type: 'weight', used: 5200 });
    const result = await account.reconcile();
    expect(codes(result)).toEqual(['LIMIT.WEIGHT no_entries']);
    expect(result.sellable).toBe('0.0999');
  });

  it('a pass costs little: less than 2 % of the weight of a minute', async () => {
    await open();
    await account.reconcile();
    account.desk.exchange.advance(2 * MINUTE);
    await account.reconcile();
    expect((account.desk.client.weightUsed() ?? 1) * 6000).toBeLessThanOrEqual(100);
  });
});

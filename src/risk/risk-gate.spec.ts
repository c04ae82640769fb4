import { BOOK, codeOf, ENTRY, EXIT, facts, gateOn, quietLimits, type GateBench } from '../../test/support/risk/gate-bench.js';
import { executed, HOUR, newFill, newOrder, START } from '../../test/support/ledger/orders.js';
import type { RiskConfig } from '../config/bot-config.js';
import type { ResumeRequest } from '../files/operator-files.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { openMemoryLedger } from '../persistence/open-ledger.js';
import { BotStateRepository } from '../persistence/repositories/bot-state-repository.js';
import { OrderRepository } from '../persistence/repositories/order-repository.js';

let database: LedgerDatabase;
let orders: OrderRepository;

beforeEach(async () => {
  database = await openMemoryLedger();
  orders = new OrderRepository(database);
});

afterEach(() => database.close());

const open = (limits: Partial<RiskConfig> = {}): GateBench => gateOn(database, quietLimits(limits));

/** One coin bought at 100. */
async function bought(nowMs = START): Promise<void> {
  await executed(orders, newOrder(0), [newFill('t0', { price: '100', executedAt: nowMs })], nowMs);
}

/** A round trip of one coin from 100 to `price`, in the n-th hour. */
async function roundTrip(n: number, price: string): Promise<void> {
  const at = START + n * HOUR;
  await executed(orders, newOrder(n), [newFill(`b${n}`, { price: '100', executedAt: at })], at);
  await executed(orders, newOrder(n, { side: 'sell' }), [newFill(`s${n}`, { price, executedAt: at })], at);
}

describe('the gate', () => {
  it('approves what nothing stands against, with every reading', async () => {
    const verdict = await open().gate.judge(ENTRY, facts());
    expect([verdict.kind, verdict.readings.length]).toEqual(['approved', 16]);
  });

  it('names the first thing that stood against it, its numbers and its setting, and reads the others all the same', async () => {
    const verdict = await open({ maxOrderValueUsd: 50 }).gate.judge({ ...ENTRY, quantity: '2' }, facts());
    expect(verdict).toMatchObject({ kind: 'refused', code: 'RISK.MAX_POSITION', message: 'Position after it: 200 USDT; must be at most 101 USDT (risk.max_position_size_usd)' });
    expect(verdict.readings.filter(({ passed }) => !passed).map(({ code }) => code)).toEqual(['RISK.MAX_POSITION', 'RISK.MAX_ORDER_VALUE']);
  });

  it('halts for a finding that asks for it, by its code, and stays so when it is gone', async () => {
    const { gate, states } = open();
    const findings = [{ code: 'RECONCILE.DUPLICATE', message: 'executed twice', stops: 'halt' as const }];
    expect(codeOf(await gate.judge(ENTRY, facts({ findings })))).toBe('RECONCILE.DUPLICATE');
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('RISK.HALTED');
    expect(await states.memory()).toMatchObject({ level: 'HALTED', code: 'RECONCILE.DUPLICATE', reason: 'executed twice' });
  });

  it('halts for a finding on a tick without a proposal, too', async () => {
    expect(await open().gate.watch(facts({ findings: [{ code: 'EXCHANGE.AUTH', message: 'key refused', stops: 'halt' }] }))).toMatchObject({ level: 'HALTED', code: 'EXCHANGE.AUTH' });
  });
});

describe('losses', () => {
  it('of the day halt the bot, exits too, when what is held fell far enough', async () => {
    await bought();
    const { gate, states } = open({ maxDailyLossUsd: 50 });
    expect(codeOf(await gate.judge(EXIT, facts({ position: '1', bid: '50.01', ask: '50.02' })))).toBe('approved');
    expect(codeOf(await gate.judge(EXIT, facts({ position: '1', bid: '50', ask: '50.02' })))).toBe('RISK.DAILY_LOSS');
    // Prices may come back: the bot does not.
    expect(codeOf(await gate.judge(EXIT, facts({ position: '1' })))).toBe('RISK.HALTED');
    const [event] = await new BotStateRepository(database).events(BOOK, { limit: 1, offset: 0 });
    expect(event).toMatchObject({ kind: 'halt', details: { code: 'RISK.DAILY_LOSS', value: '50 USDT', limit: 'less than 50 USDT' } });
    await states.resume(START + 1, 'operator: looked', { exitsOnly: true });
    expect(codeOf(await gate.judge(EXIT, facts({ position: '1', bid: '50', ask: '50.02' })))).toBe('approved');
    expect(codeOf(await gate.judge(ENTRY, facts({ position: '1', bid: '50', ask: '50.02' })))).toBe('RISK.REDUCING');
  });

  it('are seen without a proposal, and on the day on which they happen', async () => {
    await bought();
    const { gate } = open({ maxDailyLossUsd: 50 });
    expect(await gate.watch(facts({ bid: '70' }))).toMatchObject({ level: 'ACTIVE' });
    expect(await gate.watch(facts({ bid: '40', nowMs: START + 24 * HOUR }))).toMatchObject({ level: 'ACTIVE' }); // 30 less than the evening before
    expect(await gate.watch(facts({ bid: '20', nowMs: START + 25 * HOUR }))).toMatchObject({ level: 'HALTED', code: 'RISK.DAILY_LOSS' });
  });

  it('from the highest result halt over any number of days', async () => {
    await bought();
    const { gate } = open({ maxDrawdownUsd: 60 });
    const days = ['150', '130', '110', '91'];
    for (const [day, bid] of days.entries()) expect(await gate.watch(facts({ bid, nowMs: START + day * 24 * HOUR }))).toMatchObject({ level: 'ACTIVE' });
    expect(await gate.watch(facts({ bid: '90', nowMs: START + 4 * 24 * HOUR }))).toMatchObject({ level: 'HALTED', code: 'RISK.DRAWDOWN' });
  });

  it('are not made up where the book has no price', async () => {
    await bought();
    const { gate } = open({ maxDrawdownUsd: 60 });
    await gate.watch(facts({ bid: '170' }));
    expect(await gate.watch(facts({ bid: '0' }))).toMatchObject({ level: 'ACTIVE' });
  });

  it('in a row pause entries, and leave exits open', async () => {
    const { gate } = open({ maxConsecutiveLosses: 3, cooldownMinutes: 60 });
    for (const [n, price] of ['90', '110', '99', '98', '97'].entries()) await roundTrip(n, price);
    const last = START + 4 * HOUR;
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: last + HOUR - 1 })))).toBe('RISK.LOSING_STREAK');
    expect(codeOf(await gate.judge(EXIT, facts({ nowMs: last + HOUR - 1, position: '1' })))).toBe('approved');
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: last + HOUR })))).toBe('approved');
  });
});

describe('the number of orders', () => {
  it('counts every order that may have left, whatever became of it, for an hour', async () => {
    const { gate } = open({ maxOrdersPerHour: 2 });
    const refused = await orders.plan(newOrder(0), START);
    await orders.move(refused.id, { to: 'SENDING', at: START });
    await orders.move(refused.id, { to: 'REFUSED', at: START });
    const kept = await orders.plan(newOrder(1), START);
    await orders.move(kept.id, { to: 'NOT_SENT', at: START });
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: START + 1 })))).toBe('approved');
    await orders.plan(newOrder(2), START + 2);
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: START + 3 })))).toBe('RISK.ORDERS_PER_HOUR');
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: START + HOUR })))).toBe('approved');
  });

  it('F50 does not forget orders when the clock is set back', async () => {
    const { gate } = open({ maxOrdersPerDay: 1 });
    await orders.plan(newOrder(0), START);
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: START - 48 * HOUR })))).toBe('RISK.ORDERS_PER_DAY');
  });
});

describe('errors in a row', () => {
  it('stop entries until a tick ends without one', async () => {
    const { gate, states } = open({ maxConsecutiveErrors: 2 });
    for (const n of [1, 2]) await states.noteTick('error', START + n);
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('RISK.ERRORS');
    await states.noteTick('ok', START + 3);
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('approved');
  });
});

describe('what an operator asked for', () => {
  it('is done at the next look, and the request is taken away', async () => {
    let request: ResumeRequest | null = { id: 'a', answers: START, reason: 'operator: looked', exitsOnly: false };
    const requests = { resumeRequest: () => request, dropRequest: () => void (request = null) };
    const { gate, states, killSwitch } = gateOn(database, quietLimits(), { requests });
    await states.halt('RISK.DRAWDOWN', 'fell', START);
    expect(await gate.attend(START + 1)).toMatchObject({ level: 'ACTIVE' });
    expect(request).toBeNull();
    killSwitch.by = 'a test';
    expect(await gate.attend(START + 2)).toMatchObject({ level: 'HALTED', code: 'RISK.KILL_SWITCH' });
  });

  it('is of no use while the kill switch is thrown, and does not outlast it', async () => {
    let request: ResumeRequest | null = { id: 'a', answers: null, reason: 'operator: looked', exitsOnly: false };
    const killSwitch = { isThrown: () => ({ thrown: true, by: 'a test' }) };
    const { gate } = gateOn(database, quietLimits(), { killSwitch, requests: { resumeRequest: () => request, dropRequest: () => void (request = null) } });
    expect(await gate.attend(START)).toMatchObject({ level: 'HALTED' });
    expect(request).toBeNull();
  });
});

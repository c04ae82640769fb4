import { ENTRY, EXIT, quietLimits } from '../../../test/support/risk/gate-bench.js';
import { START } from '../../../test/support/ledger/orders.js';
import { limitsOf } from '../limits.js';
import { RISK_CODES } from '../risk-codes.js';
import { BLANK } from '../risk-memory.js';
import type { Proposal } from '../risk-types.js';
import { readGates } from './all-gates.js';
import type { GateView } from './gate-view.js';

const MINUTE = 60_000;

function view(changes: Partial<GateView> = {}): GateView {
  return {
    nowMs: START, limits: limitsOf(quietLimits()), memory: { ...BLANK, level: 'ACTIVE' }, killSwitch: { thrown: false, by: null }, findings: [],
    ledger: { ordersLastHour: 0, ordersLastDay: 0, realised: '0', realisedToday: '0', held: [], losses: [] },
    marks: { result: '0', peak: '0', day: START, dayStart: '0' }, base: 'BTC', quote: 'USDT', lotStep: '0.01', position: '0', bid: '99.99', ask: '100', freeQuote: '10000', ...changes,
  };
}

function refusals(proposal: Proposal, changes: Partial<GateView>): string[] {
  return readGates(proposal, view(changes)).flatMap(({ code, passed }) => (passed ? [] : [code]));
}

const orders = (hour: number, day = hour): Partial<GateView> => ({ ledger: { ...view().ledger, ordersLastHour: hour, ordersLastDay: day } });
const lost = (result: string, peak = '0'): Partial<GateView> => ({ marks: { result, peak, day: START, dayStart: '0' } });
const losses = (ends: readonly number[]): Partial<GateView> => ({ ledger: { ...view().ledger, losses: ends } });

interface Case {
  readonly code: keyof typeof RISK_CODES;
  readonly limits?: Parameters<typeof quietLimits>[0];
  /** Just within, and just beyond. */
  readonly within: Partial<GateView>;
  readonly beyond: Partial<GateView>;
  readonly proposal?: Proposal;
  /** Whether an exit is refused as well. */
  readonly exits?: boolean;
}

const CASES: readonly Case[] = [
  { code: 'RISK.KILL_SWITCH', within: {}, beyond: { killSwitch: { thrown: true, by: 'a test' } }, exits: true },
  { code: 'RISK.HALTED', within: {}, beyond: { memory: { ...BLANK, level: 'HALTED' } }, exits: true },
  { code: 'RISK.REDUCING', within: {}, beyond: { memory: { ...BLANK, level: 'REDUCING' } } },
  // 1 coin at 101 is the limit of 100 and 1 %.
  { code: 'RISK.MAX_POSITION', limits: { maxOrderValueUsd: 1000 }, within: { ask: '101' }, beyond: { ask: '101.000001' } },
  { code: 'RISK.MAX_POSITION', limits: { maxOrderValueUsd: 1000 }, within: { position: '0.01', ask: '100' }, beyond: { position: '0.02', ask: '100' } },
  { code: 'RISK.MAX_ORDER_VALUE', limits: { maxOrderValueUsd: 100 }, within: { ask: '100' }, beyond: { ask: '100.01' } },
  { code: 'RISK.ORDERS_PER_HOUR', limits: { maxOrdersPerHour: 10 }, within: orders(9), beyond: orders(10) },
  { code: 'RISK.ORDERS_PER_DAY', limits: { maxOrdersPerDay: 50 }, within: orders(0, 49), beyond: orders(0, 50) },
  { code: 'RISK.DAILY_LOSS', limits: { maxDailyLossUsd: 50 }, within: lost('-49.99'), beyond: lost('-50'), exits: true },
  { code: 'RISK.DRAWDOWN', limits: { maxDrawdownUsd: 100 }, within: lost('0.01', '100'), beyond: lost('0', '100'), exits: true },
  { code: 'RISK.LOSING_STREAK', limits: { maxConsecutiveLosses: 2, cooldownMinutes: 30 }, within: losses([START - 31 * MINUTE, START - 30 * MINUTE]), beyond: losses([START - 31 * MINUTE, START - 30 * MINUTE + 1]) },
  { code: 'RISK.ERRORS', limits: { maxConsecutiveErrors: 3 }, within: { memory: { ...BLANK, errors: 2 } }, beyond: { memory: { ...BLANK, errors: 3 } } },
  { code: 'RISK.PRICE_DEVIATION', limits: { maxPriceDeviationBps: 100 }, within: { bid: '98.9', ask: '99.1' }, beyond: { bid: '98.8', ask: '99.1' } },
  { code: 'RISK.PRICE_DEVIATION', limits: { maxPriceDeviationBps: 100 }, within: { bid: '101', ask: '101' }, beyond: { bid: '101.1', ask: '101' } },
  { code: 'RISK.SPREAD', limits: { maxSpreadBps: 50 }, within: { bid: '99.75', ask: '100.25' }, beyond: { bid: '99.7499', ask: '100.25' } }, // 0.5 of 100: 50 bps
  { code: 'RISK.BOOK', within: { bid: '100', ask: '100' }, beyond: { bid: '100.01', ask: '100' } },
  { code: 'RISK.BOOK', within: {}, beyond: { bid: '0' } },
  { code: 'RISK.INSUFFICIENT_QUOTE', within: { freeQuote: '100' }, beyond: { freeQuote: '99.99' } },
  { code: 'RISK.MIN_FREE_QUOTE', limits: { minFreeQuoteUsd: 20 }, within: { freeQuote: '120' }, beyond: { freeQuote: '119.99' } },
];

describe('a gate', () => {
  it.each(CASES)('of $code lets pass what is just within its limit, and refuses what is just beyond', ({ code, limits, within, beyond }) => {
    const set = { limits: limitsOf(quietLimits(limits)) };
    expect(refusals(ENTRY, { ...set, ...within })).toEqual([]);
    expect(refusals(ENTRY, { ...set, ...beyond })).toContain(code);
  });

  it.each(CASES)('of $code stands against an exit only where it must', ({ limits, beyond, exits = false, code }) => {
    const position = { position: '5' };
    expect(refusals(EXIT, { limits: limitsOf(quietLimits(limits)), ...beyond, ...position })).toEqual(exits ? [code] : []);
  });

  it('that is off at 0 lets everything pass and says that it has no limit', () => {
    const wild = { ...orders(10_000), ...lost('-10000', '10000'), memory: { ...BLANK, errors: 10_000 }, bid: '1' };
    expect(refusals(ENTRY, { ...wild, ledger: { ...view().ledger, ordersLastHour: 10_000, ordersLastDay: 10_000, losses: Array(100).fill(START) } })).toEqual([]);
    const off = readGates(ENTRY, view(wild)).filter(({ limit }) => limit === null).map(({ code }) => code);
    expect(off).toEqual(['RISK.DAILY_LOSS', 'RISK.DRAWDOWN', 'RISK.ORDERS_PER_HOUR', 'RISK.ORDERS_PER_DAY', 'RISK.LOSING_STREAK', 'RISK.ERRORS', 'RISK.PRICE_DEVIATION', 'RISK.SPREAD', 'RISK.MIN_FREE_QUOTE']);
  });

  it.each([
    { quantity: 'NaN' }, { quantity: '-1' }, { quantity: '0' }, { quantity: '1e-9' }, { quantity: 'Infinity' }, { quantity: '' }, { referencePrice: '0' }, { referencePrice: '1,5' }, { side: 'sell' as const }, { purpose: 'exit' as const },
  ])('F105 refuses what is no order: %o', (change) => {
    expect(refusals({ ...ENTRY, ...change }, {})).toEqual(['RISK.INVALID']);
  });

  it('lets no exit sell more than is held, be it by the last decimal', () => {
    expect(refusals({ ...EXIT, quantity: '1.00000001' }, { position: '1' })).toEqual(['RISK.EXIT_ABOVE_POSITION']);
    expect(refusals(EXIT, { position: '1' })).toEqual([]);
  });

  it('does not count dust, which nobody could sell, as a position', () => {
    const limits = { limits: limitsOf(quietLimits({ maxOrderValueUsd: 1000 })), ask: '101' };
    expect(refusals(ENTRY, { ...limits, position: '0.00999' })).toEqual([]);
    expect(refusals(ENTRY, { ...limits, position: '0.01' })).toEqual(['RISK.MAX_POSITION']);
  });

  it('F97 bounds even exits, at three times the hourly number', () => {
    const limits = { limits: limitsOf(quietLimits({ maxOrdersPerHour: 10 })), position: '5' };
    expect(refusals(EXIT, { ...limits, ...orders(29) })).toEqual([]);
    expect(refusals(EXIT, { ...limits, ...orders(30) })).toEqual(['RISK.RUNAWAY']);
  });

  it.each([
    { stops: 'nothing' as const, entry: [], exit: [] },
    { stops: 'no_entries' as const, entry: ['RECONCILE.MISMATCH'], exit: [] },
    { stops: 'no_orders' as const, entry: ['RECONCILE.MISMATCH'], exit: ['RECONCILE.MISMATCH'] },
    { stops: 'halt' as const, entry: ['RECONCILE.MISMATCH'], exit: ['RECONCILE.MISMATCH'] },
  ])('lets a finding that stops $stops stop just that, by its own code', ({ stops, entry, exit }) => {
    const findings = [{ code: 'RECONCILE.MISMATCH', message: 'the wallet holds less', stops }];
    expect(refusals(ENTRY, { findings })).toEqual(entry);
    expect(refusals(EXIT, { findings, position: '1' })).toEqual(exit);
  });

  it('pauses after every full number of losses, from the one that made it full', () => {
    const limits = { limits: limitsOf(quietLimits({ maxConsecutiveLosses: 2, cooldownMinutes: 30 })) };
    const ago = (...minutes: number[]): Partial<GateView> => losses(minutes.map((m) => START - m * MINUTE));
    expect(refusals(ENTRY, { ...limits, ...ago(60, 40, 1) })).toEqual([]); // the third begins a new count
    expect(refusals(ENTRY, { ...limits, ...ago(60, 40, 29, 1) })).toEqual(['RISK.LOSING_STREAK']);
    expect(refusals(ENTRY, { ...limits, ...ago(29, 29), memory: { ...BLANK, forgivenAt: START - 5 * MINUTE } })).toEqual([]);
  });
});

describe('the table of codes', () => {
  it('holds every code that a gate can give', () => {
    const given = [...readGates(ENTRY, view()), ...readGates(EXIT, view())].map(({ code }) => code);
    for (const code of given) expect(RISK_CODES).toHaveProperty([code]);
  });
});

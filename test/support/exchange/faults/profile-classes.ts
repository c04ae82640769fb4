import { format, units } from '../base/decimal.js';
import type { Prng } from '../base/prng.js';
import type { SymbolConfig } from '../config/symbol-fixtures.js';
import type { Effect, KlineOperation, StateEffect } from './effect.js';
import type { FaultRule, Phase } from './rule.js';

/** What a hit of a class brings about; exactly one of `rule`, `effect` and `harness`. */
export interface Draw {
  /** How many ticks it lasts. */
  ticks: number;
  /** Strikes one request of the tick. */
  rule?: FaultRule;
  /** Takes hold at the start of the tick; when it ends is left to who knows a tick's length. */
  effect?: StateEffect;
  /** Must be done again at each of its ticks. */
  isRepeated?: boolean;
  /** Done to the client by whoever runs it. */
  harness?: { what: 'crash' | 'clockJump' | 'storage'; point?: number; ms?: number; error?: string };
}

interface ProfileClass {
  /** Chance per tick: calm, rough, storm. */
  chances: readonly [calm: number, rough: number, storm: number];
  draw: (draws: Prng, symbol: SymbolConfig) => Draw;
}

const ORDER = { method: 'POST', path: '^/api/v3/order$' };
const ANY_GET = { method: 'GET' };
const DAY_MS = 86_400_000;
/** A harness takes the drawn crash point modulo the number of points it has. */
const CRASH_POINTS = 1_000_000;

const COMMON = [0.001, 0.01, 0.05] as const;
const SELDOM = [0.0005, 0.005, 0.02] as const;
const RARE = [0.0002, 0.002, 0.01] as const;
const VERY_RARE = [0.0001, 0.001, 0.005] as const;
const ALMOST_NEVER = [0.0001, 0.001, 0.003] as const;
const OFTEN = [0.002, 0.02, 0.1] as const;
const TIMEOUTS = [0.0005, 0.005, 0.03] as const;

/** The 28 classes, in the order in which they draw. */
export const PROFILE_CLASSES: readonly ProfileClass[] = [
  { chances: COMMON, draw: () => strike(ORDER, 'before', { type: 'reset' }) },
  { chances: COMMON, draw: () => strike(ORDER, 'after', { type: 'reset' }) },
  { chances: TIMEOUTS, draw: () => strike(ORDER, 'after', { type: 'error', status: 504, code: -1007 }) },
  { chances: TIMEOUTS, draw: () => strike(ORDER, 'before', { type: 'error', status: 504, code: -1007 }) },
  { chances: RARE, draw: () => strike(ORDER, 'after', { type: 'error', status: 503, code: -1008 }) },
  { chances: RARE, draw: (draws) => strike(ORDER, 'before', { type: 'delayExec', ms: draws.integer(1, 4999) }) },
  {
    chances: RARE,
    draw: (draws) => strike(ORDER, 'after', draws.pick([{ type: 'replace', kind: '{}' }, { type: 'truncate' }])),
  },
  { chances: COMMON, draw: (draws) => last(3, { type: 'lag', endpoint: 'order', ms: draws.integer(1, 5000) }) },
  { chances: SELDOM, draw: (draws) => last(3, { type: 'lag', endpoint: 'openOrders', ms: draws.integer(1, 40_000) }) },
  {
    chances: COMMON,
    draw: (draws) =>
      strike(
        { method: 'GET', path: '^/api/v3/account$' },
        'after',
        draws.pick<Effect>([{ type: 'truncate' }, { type: 'replace', kind: '{}' }, { type: 'replace', kind: 'html' }]),
      ),
  },
  {
    chances: OFTEN,
    draw: (draws) => strike({ method: 'GET', path: '^/api/v3/klines$' }, 'after', { type: 'klines', ...klineOperation(draws) }),
  },
  {
    chances: OFTEN,
    draw: (draws) =>
      strike(
        ANY_GET,
        'after',
        draws.pick<Effect>([
          { type: 'reset' },
          { type: 'http', status: 502, body: '<html>502 Bad Gateway</html>' },
          { type: 'stall', atByte: 1 },
        ]),
      ),
  },
  { chances: OFTEN, draw: (draws) => strike({}, 'after', { type: 'latency', ms: draws.integer(1, 30_000) }) },
  {
    chances: SELDOM,
    draw: (draws) => ({ ...last(draws.integer(1, 3), { type: 'weight', used: 6000 }), isRepeated: true }),
  },
  { chances: VERY_RARE, draw: () => last(1, { type: 'ban', sec: 120 }) },
  { chances: VERY_RARE, draw: (draws) => last(draws.integer(1, 12), { type: 'maintenance', ms: 0 }) },
  {
    chances: SELDOM,
    draw: (draws) => {
      const ms = draws.integer(1, 10_000);
      return last(5, { type: 'skew', ms: draws.pick([1, -1]) * ms });
    },
  },
  {
    chances: COMMON,
    draw: (draws, { symbol, minQty }) => {
      const levelQty = format(units(minQty) * BigInt(draws.integer(1, 100)));
      return last(1, { type: 'liquidity', symbol, levels: 1, levelQty });
    },
  },
  { chances: COMMON, draw: (draws) => strike(ORDER, 'before', { type: 'slip', ticks: draws.integer(1, 200) }) },
  { chances: VERY_RARE, draw: (draws, { symbol }) => last(draws.integer(1, 6), { type: 'symbol', symbol, status: 'HALT' }) },
  {
    chances: ALMOST_NEVER,
    draw: (draws, { symbol, step, minNotional }) => {
      const filters = draws.pick([{ step: format(units(step) * 10n) }, { minNotional: format(units(minNotional) * 2n) }]);
      return { ticks: 1, effect: { type: 'filters', symbol, filters } };
    },
  },
  {
    chances: ALMOST_NEVER,
    draw: (draws, { base, quote }) => ({
      ticks: 1,
      effect: { type: 'balance', asset: draws.pick([base, quote]), bps: draws.integer(-5000, 5000), reason: 'by hand' },
    }),
  },
  {
    chances: ALMOST_NEVER,
    draw: (draws, { symbol, minNotional }) => {
      const side = draws.pick(['BUY', 'SELL']);
      const quoteOrderQty = format(units(minNotional) * BigInt(draws.integer(2, 20)));
      return { ticks: 1, effect: { type: 'foreignOrder', order: { symbol, side, type: 'MARKET', quoteOrderQty } } };
    },
  },
  { chances: RARE, draw: () => ({ ticks: 1, effect: { type: 'cancelForeign' } }) },
  { chances: COMMON, draw: (draws) => ({ ticks: 1, harness: { what: 'crash', point: draws.nextU32() % CRASH_POINTS } }) },
  {
    chances: RARE,
    draw: (draws) => {
      const ms = draws.integer(1000, DAY_MS);
      return { ticks: 1, harness: { what: 'clockJump', ms: draws.pick([1, -1]) * ms } };
    },
  },
  {
    chances: RARE,
    draw: (draws) => ({ ticks: 1, harness: { what: 'storage', error: draws.pick(['ENOSPC', 'SQLITE_BUSY']) } }),
  },
  { chances: ALMOST_NEVER, draw: () => last(3, { type: 'key', active: false }) },
];

function strike(match: FaultRule['match'], phase: Phase, effect: Effect): Draw {
  return { ticks: 1, rule: { match, times: 1, phase, effect } };
}

function last(ticks: number, effect: StateEffect): Draw {
  return { ticks, effect };
}

function klineOperation(draws: Prng): KlineOperation {
  const index = draws.integer(0, 20);
  return draws.pick<KlineOperation>([
    { op: 'drop', index },
    { op: 'dup', index },
    { op: 'shuffle' },
    { op: 'reverse' },
    { op: 'revise', index, field: 'close', mulBps: draws.integer(9900, 10_100) },
    { op: 'set', index, field: 'close', value: draws.pick(['NaN', '0', '-1', '', null, '1e5', 1]) },
    { op: 'lowAboveHigh', index },
    { op: 'spike', index, mulBps: draws.pick([1000, 100_000]) },
    { op: 'future', n: draws.integer(1, 5) },
    { op: 'stale', ms: draws.integer(1, DAY_MS) },
    { op: 'noForming' },
    { op: 'misalign', ms: draws.integer(1, 59_999) },
    { op: 'otherSymbol' },
    { op: 'ignoreLimit' },
    { op: 'ignoreStart' },
    { op: 'emptyOnce' },
    { op: 'short', n: draws.integer(1, 50) },
  ]);
}

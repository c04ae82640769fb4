import type { ClockMode } from '../base/clock.js';
import type { Lags } from '../faults/effect.js';
import type { FaultRule } from '../faults/rule.js';
import type { ScriptEntry } from '../market/script.js';
import { mergeInto } from './merge.js';
import { describeSymbol, SYMBOL_FIXTURES, type SymbolConfig } from './symbol-fixtures.js';

export type Permission = 'USER_DATA' | 'TRADE';

export interface KeyConfig {
  key: string;
  secret: string;
  perms: Permission[];
  /** Addresses the key may be used from; null means all. */
  ips: string[] | null;
  active: boolean;
  /** Fields of the `apiRestrictions` reply. */
  restrictions: Record<string, boolean | number>;
}

export interface FeedConfig {
  /** Price of the first step, a decimal. */
  start: string | number;
  stepMs: number;
  /** Largest move per step, whole basis points. */
  volBps: number;
  script: ScriptEntry[];
  /** The walk begins so long before `now`. */
  historyMs: number;
}

export interface BookConfig {
  halfSpreadTicks: number;
  levels: number;
  levelQty: string | number;
  levelStepTicks: number;
}

export interface LimitsConfig {
  weightPerMin: number;
  rawPer5Min: number;
  ordersPer10s: number;
  ordersPerDay: number;
  ban: { after429: number; firstSec: number; maxSec: number };
}

/** `[openTime, open, high, low, close, volume]`; further columns are ignored. */
export type CandleRow = readonly (string | number)[];

/** Everything a test can set, all of it resolved. Rates are fractions: 0.001 is 0.1 %. */
export interface Settings {
  seed: number;
  /** Start of the run, epoch ms. */
  now: number;
  mode: ClockMode;
  /** Virtual ms per wall ms of an anchored clock. */
  timeScale: number;
  /** Factor on the 1000 ms and recvWindow limits; null: `timeScale`, at least 1. */
  timeTolerance: number | null;
  skewMs: number;
  keys: KeyConfig[];
  makerRate: string | number;
  takerRate: string | number;
  bnbFee: boolean;
  bnbMultiplier: string | number;
  book: BookConfig;
  /** Share of a resting order's rest that fills per step, 0 to 1. */
  makerFillRatio: string | number;
  lag: Lags;
  cancelReplacesClientOrderId: boolean;
  strictParams: boolean;
  zeroWeightOnSuccess: boolean;
  limits: LimitsConfig;
  feed: Record<string, FeedConfig>;
  symbols: SymbolConfig[];
  balances: Record<string, string | number>;
  /** Per symbol and interval a CSV file (also .gz) or its rows. */
  candles: Record<string, Record<string, string | CandleRow[]>>;
  /** Candles kept per interval. */
  historyRows: number;
  faults: FaultRule[];
}

type DeepPartial<T> = { [K in keyof T]?: T[K] extends unknown[] | null ? T[K] : T[K] extends object ? DeepPartial<T[K]> : T[K] };

export type FakeConfig = Omit<DeepPartial<Settings>, 'now' | 'keys' | 'symbols' | 'feed'> & {
  now?: number | 'wall';
  keys?: Partial<KeyConfig>[];
  symbols?: (string | SymbolConfig)[];
  feed?: Record<string, Partial<FeedConfig>>;
};

export const DEFAULT_KEY = 'K'.repeat(64);
export const DEFAULT_SECRET = 'S'.repeat(64);
export const DEFAULT_NOW_MS = 1_700_000_000_000;

const DEFAULT_KEY_CONFIG: KeyConfig = {
  key: DEFAULT_KEY,
  secret: DEFAULT_SECRET,
  perms: ['USER_DATA', 'TRADE'],
  ips: null,
  active: true,
  restrictions: { enableWithdrawals: false, ipRestrict: true },
};

const DEFAULT_FEED = { stepMs: 60_000, volBps: 20, script: [], historyMs: 0 };

function defaults(): Settings {
  return {
    seed: 1,
    now: DEFAULT_NOW_MS,
    mode: 'virtual',
    timeScale: 1,
    timeTolerance: null,
    skewMs: 0,
    keys: [],
    makerRate: '0.001',
    takerRate: '0.001',
    bnbFee: false,
    bnbMultiplier: '0.75',
    book: { halfSpreadTicks: 1, levels: 10, levelQty: '1000', levelStepTicks: 1 },
    makerFillRatio: '1',
    lag: { order: 0, openOrders: 0, allOrders: 0, myTrades: 0, account: 0, klineForming: 0, klineFinal: 0 },
    cancelReplacesClientOrderId: true,
    strictParams: true,
    zeroWeightOnSuccess: true,
    limits: {
      weightPerMin: 6000,
      rawPer5Min: 61_000,
      ordersPer10s: 100,
      ordersPerDay: 200_000,
      ban: { after429: 10, firstSec: 120, maxSec: 259_200 },
    },
    feed: {},
    symbols: [...SYMBOL_FIXTURES.values()],
    balances: { USDT: '10000', BTC: '0', BNB: '0' },
    candles: {},
    historyRows: 5000,
    faults: [],
  };
}

/**
 * Lays a test's settings over the defaults: objects merge, lists and balances replace.
 *
 * @throws Error naming the setting that is unknown or out of range
 */
export function resolveConfig(given: FakeConfig): Settings {
  const { keys, symbols, feed, now, ...plain } = given;
  const settings = mergeInto(defaults(), plain, ['balances', 'candles']);
  settings.now = now === 'wall' ? Date.now() : (now ?? settings.now);
  settings.keys = (keys ?? [{}]).map((key) => ({
    ...DEFAULT_KEY_CONFIG,
    ...key,
    restrictions: { ...DEFAULT_KEY_CONFIG.restrictions, ...key.restrictions },
  }));
  if (symbols !== undefined) settings.symbols = symbols.map(describeSymbol);
  const names = settings.symbols.map(({ symbol }) => symbol);
  const stray = Object.keys(feed ?? {}).find((symbol) => !names.includes(symbol));
  if (stray !== undefined) throw new Error(`feed.${stray}: expected a configured symbol, one of ${names.join(', ')}`);
  settings.feed = Object.fromEntries(
    settings.symbols.map(({ symbol, start }) => [symbol, { ...DEFAULT_FEED, start, ...feed?.[symbol] }]),
  );
  check(settings);
  return settings;
}

function check(settings: Settings): void {
  if (!Number.isInteger(settings.now)) throw new Error(`now: expected whole ms or "wall"; was ${settings.now}`);
  if (!(settings.timeScale > 0)) throw new Error(`timeScale: expected more than 0; was ${settings.timeScale}`);
  for (const [symbol, feed] of Object.entries(settings.feed)) {
    if (!(Number.isInteger(feed.stepMs) && feed.stepMs > 0)) {
      throw new Error(`feed.${symbol}.stepMs: expected whole ms above 0; was ${feed.stepMs}`);
    }
    if (!Number.isInteger(feed.volBps)) {
      throw new Error(`feed.${symbol}.volBps: expected whole basis points; was ${feed.volBps}`);
    }
  }
}

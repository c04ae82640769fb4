import type { CandleColumns } from '../domain/candles.js';
import { hashText, mixSeeds, Random } from '../domain/random.js';
import { DAY_MS, timeframeMs, type Timeframe } from '../domain/timeframe.js';

const MINUTE_MS = 60_000;
const MINUTES = 1440;
const TICK = 0.01;

/** Weather of the market: yearly drift, yearly volatility, mean days it lasts. */
const REGIMES = [
  { drift: 0.55, volatility: 0.45, days: 80 }, // steady rise
  { drift: 1.6, volatility: 0.75, days: 30 }, // euphoria
  { drift: -0.75, volatility: 0.65, days: 55 }, // decline
  { drift: 0, volatility: 0.32, days: 45 }, // doldrums
  { drift: -2.2, volatility: 1.25, days: 10 }, // panic
] as const;

/** Pull of the price towards its long-run level, per day: swings of years, yet no price that runs away for ever. */
const REVERSION = 0.003;

interface Day {
  /** Log of price / level at 00:00. */
  readonly level: number;
  /** Deviation of the whole day's log return. */
  readonly sigma: number;
}

/**
 * A made-up market with the habits of a real one: regimes, volatility that clusters, fat tails, volume that follows the moves.
 *
 * Deterministic in (seed, symbol) and independent of the range asked for: a candle is the same whatever comes with it, and
 * coarser candles are exactly made of the finer ones. It uses additions, multiplications and square roots only, which every
 * machine rounds alike; `Math.exp` may change from one JavaScript engine to the next.
 */
export class SyntheticMarket {
  private readonly days = new Map<string, Day[]>();

  constructor(private readonly seed: number) {}

  /** Candles with fromMs <= open time < toMs; both on the grid of the timeframe, fromMs not before 1970. */
  candles(symbol: string, timeframe: Timeframe, fromMs: number, toMs: number): CandleColumns {
    const step = timeframeMs(timeframe);
    const columns = emptyColumns(Math.max(0, Math.round((toMs - fromMs) / step)), fromMs, step);
    const base = levelOf(symbol);
    const firstDay = Math.floor(fromMs / DAY_MS);
    const lastDay = Math.ceil(toMs / DAY_MS);
    const days = this.daysUntil(symbol, lastDay + 1);
    for (let day = firstDay; day < lastDay; day++) {
      const random = new Random(mixSeeds(mixSeeds(this.seed, hashText(symbol)), day + 1));
      addDay(columns, days[day], days[day + 1].level, base, random, day * DAY_MS - fromMs, step);
    }
    return columns;
  }

  private daysUntil(symbol: string, count: number): readonly Day[] {
    const known = this.days.get(symbol);
    if (known !== undefined && known.length > count) return known;
    const made = walkDays(new Random(mixSeeds(this.seed, hashText(symbol))), count + 1);
    this.days.set(symbol, made);
    return made;
  }
}

function walkDays(random: Random, count: number): Day[] {
  const days: Day[] = [];
  let regime = random.integer(REGIMES.length);
  let level = 0.5 * bell(random);
  let excess = 1; // the day's variance as a multiple of its regime's: yesterday's shock lives on
  for (let day = 0; day < count; day++) {
    if (random.float() < 1 / REGIMES[regime].days) regime = (regime + 1 + random.integer(REGIMES.length - 1)) % REGIMES.length;
    const { drift, volatility } = REGIMES[regime];
    const sigma = volatility * Math.sqrt(excess / 365);
    days.push({ level, sigma });
    const shock = bell(random) * fatTail(random);
    level += drift / 365 - REVERSION * level + sigma * shock;
    excess = 0.12 + 0.8 * excess + 0.08 * Math.min(shock * shock, 12);
  }
  return days;
}

/** One day of minutes, bent so that it ends where the next day begins, added to the candles it falls into. */
function addDay(columns: MutableColumns, day: Day, nextLevel: number, base: number, random: Random, offsetMs: number, step: number): void {
  const moves = new Float64Array(MINUTES);
  const swings = new Float64Array(MINUTES);
  let mood = bell(random) * 0.4; // log volatility of the minute
  let sum = 0;
  for (let minute = 0; minute < MINUTES; minute++) {
    mood = 0.97 * mood + 0.12 * bell(random);
    const busy = 1 + 0.45 * daylight(minute);
    const swing = 0.64 * (day.sigma / Math.sqrt(MINUTES)) * exponential(mood) * busy;
    swings[minute] = swing;
    moves[minute] = swing * bell(random) * fatTail(random);
    sum += moves[minute];
  }
  const bend = (nextLevel - day.level - sum) / MINUTES;
  let level = day.level;
  let last = toTicks(base * exponential(level));
  for (let minute = 0; minute < MINUTES; minute++) {
    const move = moves[minute] + bend;
    level += move;
    const open = Math.max(1, last + (random.integer(8) === 0 ? random.integer(3) - 1 : 0));
    const close = toTicks(base * exponential(level));
    const reach = close * swings[minute];
    const high = Math.max(open, close) + Math.floor(reach * random.float() * 0.9);
    const low = Math.max(1, Math.min(open, close) - Math.floor(reach * random.float() * 0.9));
    const stir = 0.35 + Math.abs(move) / swings[minute];
    const volume = Math.floor(stir * (swings[minute] / 0.0005) * (0.2 + random.float() * random.float() * 3) * (300_000 / base) * 1e5 + 1) / 1e5;
    addMinute(columns, offsetMs + minute * MINUTE_MS, step, open, high, low, close, volume);
    last = close;
  }
}

type MutableColumns = CandleColumns;

function emptyColumns(length: number, fromMs: number, step: number): MutableColumns {
  const column = (): Float64Array => new Float64Array(length);
  const openTime = column();
  for (let i = 0; i < length; i++) openTime[i] = fromMs + i * step;
  return { openTime, open: column(), high: column(), low: column(), close: column(), volume: column() };
}

function addMinute(columns: MutableColumns, sinceFromMs: number, step: number, open: number, high: number, low: number, close: number, volume: number): void {
  const i = Math.floor(sinceFromMs / step);
  if (i < 0 || i >= columns.open.length) return;
  if (columns.open[i] === 0) {
    columns.open[i] = open / 100;
    columns.high[i] = high / 100;
    columns.low[i] = low / 100;
  } else {
    columns.high[i] = Math.max(columns.high[i], high / 100);
    columns.low[i] = Math.min(columns.low[i], low / 100);
  }
  columns.close[i] = close / 100;
  // Whole units of 1e-5 add up exactly; the plain sum would carry the order of addition in its last digits.
  columns.volume[i] = Math.round((columns.volume[i] + volume) * 1e5) / 1e5;
}

function toTicks(price: number): number {
  return Math.max(1, Math.round(price / TICK));
}

/** Long-run price of a market: what people expect for the best known ones, something sensible for the rest. */
function levelOf(symbol: string): number {
  const known: Record<string, number> = { BTC: 40_000, ETH: 2500, BNB: 400, SOL: 100 };
  const base = symbol.split('/')[0];
  return known[base] ?? 5 + (hashText(symbol) % 9500) / 100;
}

/** Quiet around 04:00 UTC, busy around 15:00: a parabola over the day, -1 to 1. */
function daylight(minute: number): number {
  const hours = Math.abs(((minute / 60 - 15 + 36) % 24) - 12);
  return 1 - 2 * ((12 - hours) / 12) * ((12 - hours) / 12);
}

/** Nearly normal with deviation 1: the sum of four uniforms. */
function bell(random: Random): number {
  return ((random.uint32() + random.uint32() + random.uint32() + random.uint32()) / 2 ** 32 - 2) * Math.sqrt(3);
}

/** Mostly below 1, now and then several times it: what turns a bell into fat tails. Mean square near 1. */
function fatTail(random: Random): number {
  const u = random.uint32() / 2 ** 32;
  return 0.5 + 0.3 / Math.sqrt(1.01 - u);
}

/** e^x from products alone: Taylor's series of x / 64, squared six times. */
function exponential(x: number): number {
  const y = x / 64;
  let value = 1 + y * (1 + (y / 2) * (1 + (y / 3) * (1 + (y / 4) * (1 + (y / 5) * (1 + y / 6)))));
  for (let i = 0; i < 6; i++) value *= value;
  return value;
}

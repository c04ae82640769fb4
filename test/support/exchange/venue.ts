import { RateLimits } from './api/rate-limits.js';
import { Clock } from './base/clock.js';
import { format, type Units } from './base/decimal.js';
import { Journal } from './base/journal.js';
import { Prng } from './base/prng.js';
import { Temporaries } from './base/temporaries.js';
import { Timeline } from './base/timeline.js';
import type { Settings } from './config/config.js';
import type { Lags } from './faults/effect.js';
import type { Market } from './market/market.js';
import { openMarkets } from './market/open-markets.js';
import type { Step } from './market/step-log.js';

/** Times below this count from the start of the run. */
const FIRST_ABSOLUTE_MS = 1e11;

export type StepListener = (market: Market, step: Step) => void;

/** The exchange's surroundings: time, markets, limits, state that faults can change. Knows nothing of orders. */
export class Venue {
  readonly clock: Clock;
  readonly timeline = new Timeline();
  readonly temporaries = new Temporaries(this.timeline, () => this.now);
  readonly journal: Journal;
  readonly markets: ReadonlyMap<string, Market>;
  readonly limits: RateLimits;
  readonly lags: Lags;
  readonly draws: { readonly ids: Prng; readonly uuid: Prng; readonly faults: Prng };
  maintenanceUntilMs = -Infinity;
  refusedUntilMs = -Infinity;
  /** Ticks by which the book is shifted against the next taker, by symbol. */
  readonly slips = new Map<string, number>();

  private readonly stepListeners: StepListener[] = [];

  constructor(readonly settings: Settings) {
    this.clock = new Clock(settings.now, settings.mode, settings.timeScale);
    this.clock.skewMs = settings.skewMs;
    this.journal = new Journal(() => this.clock.now);
    this.lags = { ...settings.lag };
    this.limits = new RateLimits(settings.limits, (untilMs) =>
      this.journal.add('env', { what: 'ban', value: String(untilMs) }),
    );
    this.draws = {
      ids: Prng.named(settings.seed, 'ids'),
      uuid: Prng.named(settings.seed, 'uuid'),
      faults: Prng.named(settings.seed, 'faults'),
    };
    this.markets = openMarkets(settings);
  }

  /** Does what is due at the start of the run, each market's first step included. */
  start(): void {
    this.advanceTo(this.settings.now);
  }

  get now(): number {
    return this.clock.now;
  }

  /** Factor on the limits of a signed request's age. */
  get timeTolerance(): number {
    return this.settings.timeTolerance ?? Math.max(1, this.settings.timeScale);
  }

  get isInMaintenance(): boolean {
    return this.now < this.maintenanceUntilMs;
  }

  onStep(listener: StepListener): void {
    this.stepListeners.push(listener);
  }

  /** @throws Error when the exchange has no such symbol, or no longer */
  market(symbol: string): Market {
    const market = this.markets.get(symbol);
    if (market === undefined || !market.isListed) throw new Error(`symbol: expected a listed one; was ${symbol}`);
    return market;
  }

  isListed(symbol: string): boolean {
    return this.markets.get(symbol)?.isListed ?? false;
  }

  get listed(): Market[] {
    return [...this.markets.values()].filter(({ isListed }) => isListed);
  }

  /** A script's or rule's time as epoch ms. */
  absoluteMs(ms: number): number {
    return ms < FIRST_ABSOLUTE_MS ? this.settings.now + ms : ms;
  }

  /** Moves time to `toMs`, doing what falls due on the way in order of time; planned work comes before price steps. */
  advanceTo(toMs: number): void {
    for (;;) {
      const market = this.nextMarket();
      const stepMs = market?.nextStepMs ?? Infinity;
      const dueMs = Math.min(this.timeline.nextMs, stepMs);
      if (dueMs > toMs || dueMs === Infinity) break;
      this.clock.moveTo(dueMs);
      if (this.timeline.nextMs <= stepMs) this.timeline.runNext();
      else if (market !== undefined) this.announce(market, market.step());
    }
    this.clock.moveTo(toMs);
  }

  /** Brings an anchored clock, and everything with it, up to the wall clock. */
  catchUp(): void {
    this.advanceTo(this.clock.due);
  }

  /** A trade at the given price, now. */
  setPrice(symbol: string, price: Units): void {
    const market = this.market(symbol);
    this.announce(market, market.force(price, this.now));
  }

  noteSymbol(market: Market): void {
    this.journal.add('env', { what: 'symbol', value: market.isListed ? market.status : 'DELISTED', subject: market.symbol });
  }

  private announce(market: Market, step: Step): void {
    this.journal.add('step', { symbol: market.symbol, last: format(step.price) });
    for (const listener of this.stepListeners) listener(market, step);
  }

  private nextMarket(): Market | undefined {
    let next: Market | undefined;
    for (const market of this.markets.values()) {
      if (next === undefined || market.nextStepMs < next.nextStepMs) next = market;
    }
    return next;
  }
}

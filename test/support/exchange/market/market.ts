import { larger, roundTo, type Units, units } from '../base/decimal.js';
import { INTERVALS, type Interval } from '../base/interval.js';
import type { BookConfig } from '../config/config.js';
import type { SymbolConfig } from '../config/symbol-fixtures.js';
import { Book } from './book.js';
import type { Candle } from './candle.js';
import { CandleSeries, type CandleQuery } from './candle-series.js';
import { Coverage } from './coverage.js';
import type { PriceFeed } from './price-feed.js';
import type { PriceMove } from './script.js';
import { averagePrice, DAY_MS } from './statistics.js';
import { StepLog, type Step } from './step-log.js';
import { rulesOf, type SymbolRules } from './symbol-rules.js';

export type SymbolStatus = 'TRADING' | 'HALT' | 'BREAK' | 'END_OF_DAY' | 'CANCEL_ONLY';

const DROP_BATCH = 8192;
const BPS = 10_000n;

/** One symbol: its rules and state, the price feed, the book around the last price, and the candles. */
export class Market {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  rules: SymbolRules;
  status: SymbolStatus = 'TRADING';
  isListed = true;
  last: Units;
  readonly log = new StepLog();
  readonly book = new Book();
  readonly coverage: Coverage;

  private readonly series: Map<Interval, CandleSeries>;
  private bookNow: BookConfig;
  private levelQty: Units;
  private readonly moves: PriceMove[] = [];
  private returnTo: Units | null = null;
  private quietUntilMs = -Infinity;
  private quietSteps = 0;
  private downUntilMs = -Infinity;

  constructor(
    config: SymbolConfig,
    private readonly feed: PriceFeed,
    book: BookConfig,
    historyRows: number,
    firstPrice: Units,
  ) {
    this.symbol = config.symbol;
    this.base = config.base;
    this.quote = config.quote;
    this.rules = rulesOf(config);
    this.bookNow = { ...book };
    this.levelQty = units(book.levelQty);
    this.coverage = new Coverage(feed.longestGapMs);
    this.series = new Map(INTERVALS.map((interval) => [interval, new CandleSeries(interval, this.log, historyRows)]));
    this.last = firstPrice;
    this.rebuildBook();
  }

  get nextStepMs(): number {
    return this.feed.nextMs;
  }

  get isTrading(): boolean {
    return this.isListed && this.status === 'TRADING';
  }

  get bookConfig(): BookConfig {
    return this.bookNow;
  }

  /** Takes the feed's next step, as changed by planned moves and halts. */
  step(): Step {
    const timeMs = this.feed.nextMs;
    const walked = this.feed.take(this.last, this.rules);
    const isQuiet = this.quietSteps > 0 || timeMs < this.quietUntilMs || !this.isTrading;
    if (this.quietSteps > 0) this.quietSteps--;
    if (isQuiet) return this.record(timeMs, this.last, 0n);
    return this.record(timeMs, this.planned() ?? walked.price, walked.qty);
  }

  /** A trade at a price set from outside, between the feed's steps. */
  force(price: Units, timeMs: number): Step {
    return this.record(timeMs, price, this.feed.extraQty());
  }

  /** Changes the price of the next step. */
  plan(move: PriceMove): void {
    this.moves.push(move);
  }

  /** No trades in steps before `untilMs`; without it, in the next step. */
  beQuiet(untilMs: number | null): void {
    if (untilMs === null) this.quietSteps++;
    else this.quietUntilMs = Math.max(this.quietUntilMs, untilMs);
  }

  /** No steps and hence no candles from `nowMs` until `untilMs`. */
  goDown(nowMs: number, untilMs: number): void {
    if (nowMs > this.downUntilMs && this.coverage.joins(nowMs - 1)) this.coverage.note(nowMs - 1);
    this.downUntilMs = Math.max(this.downUntilMs, untilMs);
    this.feed.skipTo(this.downUntilMs);
  }

  useRules(rules: SymbolRules): void {
    this.rules = rules;
    this.rebuildBook();
  }

  useBook(book: BookConfig): void {
    this.bookNow = book;
    this.levelQty = units(book.levelQty);
    this.rebuildBook();
  }

  loadCandles(interval: Interval, rows: Candle[], nowMs: number): void {
    this.seriesOf(interval).load(rows, nowMs);
  }

  loadHistory(interval: Interval, rows: Candle[]): void {
    this.seriesOf(interval).loadHistory(rows);
  }

  candles(interval: Interval, query: CandleQuery): Candle[] {
    const joins = this.coverage.joins(this.feed.nextMs) && query.nowMs < this.feed.nextMs;
    return this.seriesOf(interval).select(query, this.coverage.list(joins ? query.nowMs : null));
  }

  /** What filters value a market order with: the average of the last minutes, else the last price. */
  referencePrice(nowMs: number): Units {
    return averagePrice(this.log, nowMs) ?? this.last;
  }

  private planned(): Units | null {
    const move = this.moves.shift();
    const back = this.returnTo;
    this.returnTo = null;
    if (move === undefined) return back;
    if (move.do === 'price') return units(move.price);
    const from = back ?? this.last;
    if (move.do === 'spike') this.returnTo = from;
    const moved = (from * (BPS + BigInt(move.bps))) / BPS;
    return larger(this.rules.minPrice, roundTo(moved, this.rules.tick));
  }

  private record(timeMs: number, price: Units, qty: Units): Step {
    const step = { timeMs, price, qty, takerBuys: price >= this.last };
    this.last = price;
    this.log.push(step);
    this.coverage.note(timeMs);
    this.rebuildBook();
    this.dropOldSteps(timeMs);
    return step;
  }

  private rebuildBook(): void {
    this.book.rebuild(this.last, this.rules.tick, this.bookNow, this.levelQty);
  }

  private seriesOf(interval: Interval): CandleSeries {
    const series = this.series.get(interval);
    if (series === undefined) throw new Error(`interval: expected one of ${INTERVALS.join(', ')}; was ${interval}`);
    return series;
  }

  /** Keeps a day of steps for the statistics; candles must have taken in the others before they go. */
  private dropOldSteps(nowMs: number): void {
    if (this.log.end - this.log.begin < DROP_BATCH) return;
    const keepFrom = this.log.firstFrom(nowMs - DAY_MS);
    if (keepFrom - this.log.begin < DROP_BATCH) return;
    for (const series of this.series.values()) series.catchUp();
    this.log.dropBefore(keepFrom);
  }
}


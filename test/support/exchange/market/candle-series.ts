import { closeTimeOf, nextOpenTime, openTimeOf, type Interval } from '../base/interval.js';
import { addStep, flatCandle, openCandle, type Candle } from './candle.js';
import { firstCoveredFrom, isCovered, lastCoveredBefore, type Span } from './coverage.js';
import type { Step, StepLog } from './step-log.js';

/** Which rows are wanted, by open time, both ends included; and as of when. */
export interface CandleQuery {
  startMs?: number;
  endMs?: number;
  limit: number;
  nowMs: number;
  /** Lags of the forming and of the just closed row, ms. */
  formingLagMs: number;
  finalLagMs: number;
}

/**
 * The candles of one market and interval. Only traded ones are kept; those of quiet intervals are made when asked for.
 */
export class CandleSeries {
  private rows: Candle[] = [];
  /** Number of the first step not yet in `rows`. */
  private cursor: number;
  /** Up to this open time only candles that were loaded or traded in are shown. */
  private loadedTo = -Infinity;
  /** Steps before this are part of loaded rows. */
  private ignoreBeforeMs = -Infinity;

  constructor(
    readonly interval: Interval,
    private readonly log: StepLog,
    private readonly keep: number,
  ) {
    this.cursor = log.begin;
  }

  /** Takes in every step up to now. */
  catchUp(): void {
    for (; this.cursor < this.log.end; this.cursor++) this.absorb(this.log.at(this.cursor));
    if (this.rows.length > 2 * this.keep) this.rows = this.rows.slice(-this.keep);
  }

  /** Replaces the candles by given ones, ascending by open time, and shows exactly these until the next step. */
  load(rows: Candle[], nowMs: number): void {
    this.rows = [...rows];
    this.loadedTo = Math.max(rows.at(-1)?.openTime ?? -Infinity, openTimeOf(this.interval, nowMs));
    this.cursor = this.log.end;
  }

  /** Puts given closed candles, ascending by open time, in place of those that the steps so far would make. */
  loadHistory(rows: Candle[]): void {
    const last = rows.at(-1);
    if (last === undefined) return;
    this.rows = [...rows];
    this.loadedTo = last.openTime;
    this.ignoreBeforeMs = nextOpenTime(this.interval, last.openTime);
  }

  /** With a start the oldest rows from there, else the newest ones; ascending. */
  select(query: CandleQuery, spans: readonly Span[]): Candle[] {
    this.catchUp();
    const formingOpen = openTimeOf(this.interval, query.nowMs);
    const showsForming = formingOpen + query.formingLagMs <= query.nowMs;
    const newest = showsForming ? query.nowMs : formingOpen - 1;
    const from = query.startMs ?? -Infinity;
    const to = Math.min(query.endMs ?? Infinity, newest);
    const found =
      query.startMs === undefined
        ? this.newest(from, to, query.limit, spans)
        : this.oldest(from, to, query.limit, spans);
    if (query.finalLagMs <= 0) return found;
    return found.flatMap((row) => this.asFinal(row, query) ?? []);
  }

  private absorb(step: Step): void {
    if (step.qty === 0n || step.timeMs < this.ignoreBeforeMs) return;
    const openTime = openTimeOf(this.interval, step.timeMs);
    const last = this.rows.at(-1);
    if (last === undefined) {
      this.rows.push(openCandle(openTime, step, null));
    } else if (step.timeMs > closeTimeOf(this.interval, last.openTime)) {
      this.rows.push(openCandle(openTime, step, flatCandle(openTime, last.close)));
    } else if (step.timeMs >= last.openTime) {
      this.rows[this.rows.length - 1] = addStep(last, step);
    }
  }

  private asFinal(row: Candle, { nowMs, finalLagMs }: CandleQuery): Candle | null {
    const closedForMs = nowMs - closeTimeOf(this.interval, row.openTime);
    const mayChange = closedForMs > 0 && closedForMs <= finalLagMs && row.trades > 0 && row.openTime > this.loadedTo;
    return mayChange ? row.before : row;
  }

  private newest(from: number, to: number, limit: number, spans: readonly Span[]): Candle[] {
    const found: Candle[] = [];
    let i = this.lastUpTo(to);
    let time = openTimeOf(this.interval, Math.min(to, this.horizon(spans)));
    if (i >= 0) time = Math.max(time, this.rows[i].openTime);
    while (found.length < limit && time >= from) {
      const row = i >= 0 ? this.rows[i] : undefined;
      if (row === undefined) break;
      if (row.openTime === time) {
        found.push(row);
        i--;
        time = openTimeOf(this.interval, time - 1);
      } else if (this.isQuiet(time, spans)) {
        found.push(flatCandle(time, row.close));
        time = openTimeOf(this.interval, time - 1);
      } else {
        const covered = lastCoveredBefore(spans, time);
        time = Math.max(row.openTime, covered > this.loadedTo ? openTimeOf(this.interval, covered) : -Infinity);
      }
      if (i >= 0 && this.rows[i].openTime > time) time = this.rows[i].openTime; // a loaded row off the grid
    }
    return found.reverse();
  }

  private oldest(from: number, to: number, limit: number, spans: readonly Span[]): Candle[] {
    const found: Candle[] = [];
    let i = this.lastUpTo(from - 1) + 1;
    let time = openTimeOf(this.interval, from);
    if (time < from) time = nextOpenTime(this.interval, time);
    while (found.length < limit && time <= to) {
      const row = this.rows.at(i);
      if (row !== undefined && row.openTime <= time) {
        found.push(row);
        i++;
        time = openTimeOf(this.interval, nextOpenTime(this.interval, row.openTime));
      } else if (i > 0 && this.isQuiet(time, spans)) {
        found.push(flatCandle(time, this.rows[i - 1].close));
        time = nextOpenTime(this.interval, time);
      } else {
        const covered = i > 0 ? firstCoveredFrom(spans, Math.max(nextOpenTime(this.interval, time), this.loadedTo + 1)) : Infinity;
        const next = Math.min(row?.openTime ?? Infinity, covered);
        if (next === Infinity) break;
        time = next === row?.openTime ? next : openTimeOf(this.interval, next);
      }
    }
    return found;
  }

  private isQuiet(openTime: number, spans: readonly Span[]): boolean {
    return openTime > this.loadedTo && isCovered(spans, openTime, closeTimeOf(this.interval, openTime));
  }

  /** The last moment anything is known of. */
  private horizon(spans: readonly Span[]): number {
    return Math.max(spans.at(-1)?.toMs ?? -Infinity, this.rows.at(-1)?.openTime ?? -Infinity);
  }

  /** Index of the last row that opens at or before `timeMs`, or -1. */
  private lastUpTo(timeMs: number): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rows[middle].openTime <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

import { barOpenAt, gridOffsetMs, timeframeMs, TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { isoTime } from '../domain/instant.js';
import { Notes, type Finding, type Gap } from './findings.js';
import type { RawRow, RawTable } from './raw-table.js';
import { isSpike } from './spike.js';

export interface Diagnosis {
  /** Of the rows as they are, whatever the file claims. */
  readonly timeframe: Timeframe | null;
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly verdict: 'clean' | 'usable' | 'damaged';
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  /** Rows fit for use: in milliseconds, ascending, once each. None when they are no candles of the timeframe that the file claims. */
  readonly sound: readonly RawRow[];
}

/** The years 1973 to 5138: whatever the unit, there is only one in which a time lies between them. */
const FIRST_MS = 1e11;
const LAST_MS = 1e14;
const HOUR_MS = 3_600_000;
/** Fewer spacings say nothing about a timeframe. */
const FEWEST_ROWS = 3;
/** A shift is a time zone's when at least this share of the rows has it. */
const ZONE_SHARE = 0.1;

/**
 * Examines candles of unknown origin and says everything that is wrong with them.
 *
 * @param named the timeframe that the file claims; null: the spacing of its rows decides
 * @param nowMs candles that close later are not complete
 */
export function diagnose(table: RawTable, named: Timeframe | null, nowMs: number): Diagnosis {
  const notes = new Notes();
  for (const { line, reason } of table.unreadable) notes.add('unreadable', `line ${line}: ${reason}`);
  const inMs = toMilliseconds(table.rows, notes);
  const sorted = inMs.toSorted((a, b) => a.time - b.time || a.line - b.line);
  const timeframe = timeframeOf(sorted, named, notes);
  const step = timeframe === null ? null : timeframeMs(timeframe);
  noteOrder(inMs, step, notes);
  const onGrid = timeframe === null ? sorted : keepOnGrid(sorted, timeframe, notes);
  const priced = onGrid.filter((row) => isPriced(row, notes));
  const distinct = dropDuplicates(priced, notes);
  const complete = step === null ? distinct : dropPartial(distinct, step, nowMs, notes);
  const smooth = step === null ? complete : dropSpikes(complete, step, notes);
  noteVolume(smooth, notes);
  const gaps = timeframe === null ? [] : gapsOf(sorted, timeframe, nowMs);
  for (const { lastBefore, nextAfter, missing } of gaps) notes.add('gap', `${isoTime(lastBefore)} to ${isoTime(nextAfter)}: ${missing}`, missing);
  const findings = notes.list(gaps);
  const sound = notes.has('wrong_timeframe') ? [] : smooth;
  const damaged = sound.length === 0 || findings.some(({ damage }) => damage);
  return {
    timeframe,
    rows: table.rows.length + table.unreadable.length,
    first: sound[0]?.time ?? null,
    last: sound.at(-1)?.time ?? null,
    verdict: damaged ? 'damaged' : findings.length > 0 ? 'usable' : 'clean',
    findings,
    gaps,
    sound,
  };
}

function toMilliseconds(rows: readonly RawRow[], notes: Notes): RawRow[] {
  return rows.flatMap((row) => {
    const { line, time } = row;
    const { unit, ms } = inMilliseconds(time);
    if (!(ms > FIRST_MS && ms < LAST_MS)) {
      notes.add('unreadable', `line ${line}: ${time} is no time`);
      return [];
    }
    if (unit === null) return [row];
    notes.add('unit', `line ${line}: ${time} is in ${unit}`);
    return [{ ...row, time: ms }];
  });
}

function inMilliseconds(time: number): { readonly unit: string | null; readonly ms: number } {
  if (time < FIRST_MS) return { unit: 'seconds', ms: Math.round(time * 1000) };
  if (time < LAST_MS) return { unit: null, ms: time };
  if (time < LAST_MS * 1000) return { unit: 'microseconds', ms: time / 1000 };
  // Nanoseconds have more digits than a double holds.
  return { unit: 'nanoseconds', ms: Math.round(time / 1e6) };
}

/** What the rows are candles of: what is claimed, unless their spacing says otherwise. */
function timeframeOf(sorted: readonly RawRow[], named: Timeframe | null, notes: Notes): Timeframe | null {
  const counts = new Map<number, number>();
  for (let i = 1; i < sorted.length; i++) {
    const spacing = sorted[i].time - sorted[i - 1].time;
    if (spacing > 0) counts.set(spacing, (counts.get(spacing) ?? 0) + 1);
  }
  let usual: number | null = null;
  for (const [spacing, count] of counts) if (usual === null || count > (counts.get(usual) as number)) usual = spacing;
  if (usual === null) return named;
  const actual = TIMEFRAMES.find((name) => timeframeMs(name) === usual) ?? null;
  if (sorted.length < FEWEST_ROWS) return named ?? actual;
  if (named !== null && (usual === timeframeMs(named) || (usual > timeframeMs(named) && counts.has(timeframeMs(named))))) return named;
  if (named !== null || actual === null) notes.add('wrong_timeframe', `most rows are ${actual ?? `${usual} ms`} apart, not ${named ?? 'a known timeframe'}`);
  return actual;
}

function noteOrder(rows: readonly RawRow[], step: number | null, notes: Notes): void {
  for (let i = 1; i < rows.length; i++) {
    if (rows[i].time >= rows[i - 1].time) continue;
    // Clocks went back, and the writer's clock went with them.
    if (step !== null && isHourAgain(rows, i, step)) notes.add('time_zone', `line ${rows[i].line}: the hour from ${isoTime(rows[i].time)} on is told twice`);
    else notes.add('unsorted', `line ${rows[i].line}: ${isoTime(rows[i].time)} comes after ${isoTime(rows[i - 1].time)}`);
  }
}

function isHourAgain(rows: readonly RawRow[], from: number, step: number): boolean {
  const bars = HOUR_MS / step;
  if (bars < 2 || from < bars || from + bars > rows.length) return false;
  for (let i = from; i < from + bars; i++) if (rows[i].time !== rows[i - bars].time) return false;
  return true;
}

function keepOnGrid(rows: readonly RawRow[], timeframe: Timeframe, notes: Notes): RawRow[] {
  const step = timeframeMs(timeframe);
  const offset = gridOffsetMs(timeframe);
  const shiftOf = ({ time }: RawRow): number => (((time - offset) % step) + step) % step;
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(shiftOf(row), (counts.get(shiftOf(row)) ?? 0) + 1);
  // Many rows off by the same quarters of an hour: days that begin at somebody's midnight.
  const isZone = (shift: number): boolean => shift % (HOUR_MS / 4) === 0 && (counts.get(shift) as number) >= Math.max(2, rows.length * ZONE_SHARE);
  return rows.filter((row) => {
    const shift = shiftOf(row);
    if (shift === 0) return true;
    if (isZone(shift)) notes.add('time_zone', `line ${row.line}: ${isoTime(row.time)} is ${shift / HOUR_MS} h after the ${timeframe} grid in UTC`);
    else notes.add('off_grid', `line ${row.line}: ${isoTime(row.time)}`);
    return false;
  });
}

function isPriced(row: RawRow, notes: Notes): boolean {
  const { line, open, high, low, close, volume } = row;
  if (!(open > 0 && high > 0 && low > 0 && close > 0 && volume >= 0)) {
    notes.add('bad_price', `line ${line}: open ${open}, high ${high}, low ${low}, close ${close}, volume ${volume}`);
    return false;
  }
  if (high < Math.max(open, close) || low > Math.min(open, close)) {
    notes.add('ohlc', `line ${line}: open ${open}, high ${high}, low ${low}, close ${close}`);
    return false;
  }
  return true;
}

/** Of rows that are alike the first stays; of rows that contradict each other none, for nobody knows which is true. */
function dropDuplicates(rows: readonly RawRow[], notes: Notes): RawRow[] {
  const kept: RawRow[] = [];
  for (let i = 0; i < rows.length; ) {
    let end = i + 1;
    while (end < rows.length && rows[end].time === rows[i].time) end++;
    const same = rows.slice(i, end);
    const differing = same.find((row) => !isSameCandle(row, rows[i]));
    if (differing === undefined) {
      kept.push(rows[i]);
      for (const copy of same.slice(1)) notes.add('duplicate', `line ${copy.line}: ${isoTime(copy.time)} again`);
    } else {
      notes.add('conflict', `lines ${rows[i].line} and ${differing.line}: two different candles of ${isoTime(rows[i].time)}`, same.length);
    }
    i = end;
  }
  return kept;
}

function isSameCandle(a: RawRow, b: RawRow): boolean {
  return a.open === b.open && a.high === b.high && a.low === b.low && a.close === b.close && a.volume === b.volume;
}

function dropPartial(rows: readonly RawRow[], step: number, nowMs: number, notes: Notes): RawRow[] {
  return rows.filter(({ line, time }) => {
    if (time + step <= nowMs) return true;
    notes.add('partial_last', `line ${line}: ${isoTime(time)} closes at ${isoTime(time + step)}`);
    return false;
  });
}

function dropSpikes(rows: readonly RawRow[], step: number, notes: Notes): RawRow[] {
  return rows.filter(({ line, time, high, low }, i) => {
    if (i === 0 || i === rows.length - 1 || rows[i + 1].time - rows[i - 1].time !== 2 * step) return true;
    const [before, after] = [rows[i - 1].close, rows[i + 1].open];
    if (!isSpike(before, high, low, after)) return true;
    notes.add('spike', `line ${line}: ${isoTime(time)} high ${high}, low ${low} between ${before} and ${after}`);
    return false;
  });
}

function noteVolume(rows: readonly RawRow[], notes: Notes): void {
  for (let i = 0; i < rows.length; i++) {
    if (rows[i].volume !== 0) continue;
    let end = i;
    while (end < rows.length && rows[end].volume === 0) end++;
    notes.add('zero_volume', `${isoTime(rows[i].time)}: ${end - i}`, end - i);
    i = end;
  }
}

/** Bars of which no row tells at all, be it right or wrong. */
function gapsOf(sorted: readonly RawRow[], timeframe: Timeframe, nowMs: number): Gap[] {
  const step = timeframeMs(timeframe);
  const gaps: Gap[] = [];
  for (let i = 1; i < sorted.length; i++) {
    const [lastBefore, nextAfter] = [barOpenAt(sorted[i - 1].time, timeframe), barOpenAt(sorted[i].time, timeframe)];
    const missing = (nextAfter - lastBefore) / step - 1;
    if (missing > 0 && nextAfter + step <= nowMs) gaps.push({ lastBefore, nextAfter, missing });
  }
  return gaps;
}

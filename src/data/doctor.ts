import { barOpenAt, gridOffsetMs, timeframeMs, TIMEFRAMES, type Timeframe } from '../domain/timeframe.js';
import { isoTime } from '../domain/instant.js';
import type { RawRow, RawTable } from './raw-table.js';
import { isSpike } from './spike.js';

export const FINDING_KINDS = [
  'unreadable',
  'unit',
  'wrong_timeframe',
  'time_zone',
  'unsorted',
  'duplicate',
  'conflict',
  'off_grid',
  'bad_price',
  'ohlc',
  'spike',
  'partial_last',
  'gap',
  'zero_volume',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What was found of one kind. */
export interface Finding {
  readonly kind: FindingKind;
  /** Damage must be put right before the file is used; the rest are facts of the market. */
  readonly damage: boolean;
  /** Rows, or missing candles for gaps. */
  readonly count: number;
  /** In words. */
  readonly message: string;
  /** The first few places. */
  readonly places: readonly string[];
}

export interface Gap {
  /** Open times of the last candle before and the first after. */
  readonly lastBefore: number;
  readonly nextAfter: number;
  readonly missing: number;
}

export interface Diagnosis {
  readonly timeframe: Timeframe | null;
  readonly rows: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly verdict: 'clean' | 'usable' | 'damaged';
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
  /** Rows fit for use: in milliseconds, ascending, once each. */
  readonly sound: readonly RawRow[];
}

const FACTS: readonly FindingKind[] = ['gap', 'zero_volume'];
const MOST_PLACES = 5;
const SECONDS_END = 1e11;
const MICROSECONDS_START = 1e14;
const HOUR_MS = 3_600_000;

/**
 * Examines candles of unknown origin and says everything that is wrong with them.
 *
 * @param named the timeframe that the file claims; null: the spacing of its rows decides
 * @param nowMs candles that close later are not complete
 */
export function diagnose(table: RawTable, named: Timeframe | null, nowMs: number): Diagnosis {
  const notes = new Notes();
  for (const { line, reason } of table.unreadable) notes.add('unreadable', `line ${line}: ${reason}`);
  const inMs = normaliseUnits(table.rows, notes);
  const spacing = usualSpacing(inMs);
  const timeframe = named ?? TIMEFRAMES.find((name) => timeframeMs(name) === spacing) ?? null;
  if (named !== null && spacing !== null && spacing !== timeframeMs(named)) notes.add('wrong_timeframe', `most rows are ${nameOf(spacing)} apart`);
  noteOrder(inMs, timeframe, notes);
  const sorted = inMs.toSorted((a, b) => a.time - b.time || a.line - b.line);
  const onGrid = timeframe === null ? sorted : keepOnGrid(sorted, timeframe, notes);
  const priced = onGrid.filter((row) => isPriced(row, notes));
  const distinct = dropDuplicates(priced, notes);
  const step = timeframe === null ? null : timeframeMs(timeframe);
  const sound = dropPartial(distinct, step, nowMs, notes);
  const gaps = step === null ? [] : gapsOf(sound, step);
  noteSpikes(sound, step, notes);
  noteVolume(sound, notes);
  for (const { lastBefore, nextAfter, missing } of gaps) notes.add('gap', `${isoTime(lastBefore)} to ${isoTime(nextAfter)}: ${missing}`, missing);
  const findings = notes.list(gaps);
  const damaged = findings.some(({ damage }) => damage);
  return {
    timeframe,
    rows: table.rows.length + table.unreadable.length,
    first: sound[0]?.time ?? null,
    last: sound.at(-1)?.time ?? null,
    verdict: damaged || sound.length === 0 ? 'damaged' : findings.length > 0 ? 'usable' : 'clean',
    findings,
    gaps,
    sound,
  };
}

/** Counts what is found, and keeps the first few places of each kind. */
class Notes {
  private readonly byKind = new Map<FindingKind, { count: number; places: string[] }>();

  add(kind: FindingKind, place: string, count = 1): void {
    const note = this.byKind.get(kind) ?? { count: 0, places: [] };
    note.count += count;
    if (note.places.length < MOST_PLACES) note.places.push(place);
    this.byKind.set(kind, note);
  }

  list(gaps: readonly Gap[]): Finding[] {
    return FINDING_KINDS.flatMap((kind): Finding[] => {
      const note = this.byKind.get(kind);
      if (note === undefined) return [];
      return [{ kind, damage: !FACTS.includes(kind), count: note.count, message: wordsOf(kind, note.count, gaps), places: note.places }];
    });
  }
}

function wordsOf(kind: FindingKind, count: number, gaps: readonly Gap[]): string {
  const rows = `${count} ${count === 1 ? 'row' : 'rows'}`;
  switch (kind) {
    case 'unreadable':
      return `${rows} cannot be read`;
    case 'unit':
      return `${rows} with times in another unit than milliseconds`;
    case 'wrong_timeframe':
      return 'the rows belong to another timeframe';
    case 'time_zone':
      return `${rows} with times shifted by a time zone or daylight saving`;
    case 'unsorted':
      return `${rows} out of order`;
    case 'duplicate':
      return `${rows} there twice, alike`;
    case 'conflict':
      return `${rows} there twice, with different values`;
    case 'off_grid':
      return `${rows} with times off the grid`;
    case 'bad_price':
      return `${rows} with a price of zero or less, or a negative volume`;
    case 'ohlc':
      return `${rows} where high or low do not enclose open and close`;
    case 'spike':
      return `${rows} with a price far from both neighbours`;
    case 'partial_last':
      return 'the last candle is not complete';
    case 'gap':
      return `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}, ${count} missing ${count === 1 ? 'candle' : 'candles'}`;
    case 'zero_volume':
      return `${rows} without volume`;
  }
}

function normaliseUnits(rows: readonly RawRow[], notes: Notes): RawRow[] {
  return rows.map((row) => {
    if (row.time > 0 && row.time < SECONDS_END) {
      notes.add('unit', `line ${row.line}: ${row.time} is in seconds`);
      return { ...row, time: row.time * 1000 };
    }
    if (row.time > MICROSECONDS_START) {
      notes.add('unit', `line ${row.line}: ${row.time} is in microseconds`);
      return { ...row, time: row.time / 1000 };
    }
    return row;
  });
}

/** The spacing that most neighbours have; null for fewer than two rows. */
function usualSpacing(rows: readonly RawRow[]): number | null {
  const counts = new Map<number, number>();
  for (let i = 1; i < rows.length; i++) {
    const spacing = rows[i].time - rows[i - 1].time;
    if (spacing > 0) counts.set(spacing, (counts.get(spacing) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [spacing, count] of counts) if (best === null || count > (counts.get(best) as number)) best = spacing;
  return best;
}

function noteOrder(rows: readonly RawRow[], timeframe: Timeframe | null, notes: Notes): void {
  const step = timeframe === null ? 0 : timeframeMs(timeframe);
  for (let i = 1; i < rows.length; i++) {
    const back = rows[i - 1].time - rows[i].time;
    if (back <= 0) continue;
    // One hour told twice: clocks went back, and the writer's clock went with them.
    if (step > 0 && step < HOUR_MS && back === HOUR_MS - step) notes.add('time_zone', `line ${rows[i].line}: the hour from ${isoTime(rows[i].time)} on is told twice`);
    notes.add('unsorted', `line ${rows[i].line}: ${isoTime(rows[i].time)} comes after ${isoTime(rows[i - 1].time)}`);
  }
}

function keepOnGrid(rows: readonly RawRow[], timeframe: Timeframe, notes: Notes): RawRow[] {
  const step = timeframeMs(timeframe);
  const offset = gridOffsetMs(timeframe);
  const shifts = new Set(rows.map(({ time }) => (((time - offset) % step) + step) % step));
  const [shift] = shifts;
  // Every row off by the same quarters of an hour: days that begin at somebody's midnight.
  const shifted = shifts.size === 1 && shift !== 0 && shift % (HOUR_MS / 4) === 0;
  return rows.filter((row) => {
    if (barOpenAt(row.time, timeframe) === row.time) return true;
    if (shifted) notes.add('time_zone', `line ${row.line}: ${isoTime(row.time)} is ${shift / HOUR_MS} h after the ${timeframe} grid in UTC`);
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

function dropPartial(rows: readonly RawRow[], step: number | null, nowMs: number, notes: Notes): readonly RawRow[] {
  const last = rows.at(-1);
  if (last === undefined || step === null || last.time + step <= nowMs) return rows;
  notes.add('partial_last', `line ${last.line}: ${isoTime(last.time)} closes at ${isoTime(last.time + step)}`);
  return rows.filter((row) => row.time + step <= nowMs);
}

function gapsOf(rows: readonly RawRow[], step: number): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < rows.length; i++) {
    const missing = (rows[i].time - rows[i - 1].time) / step - 1;
    if (missing > 0) gaps.push({ lastBefore: rows[i - 1].time, nextAfter: rows[i].time, missing });
  }
  return gaps;
}

function noteSpikes(rows: readonly RawRow[], step: number | null, notes: Notes): void {
  for (let i = 1; i < rows.length - 1; i++) {
    if (step !== null && rows[i + 1].time - rows[i - 1].time !== 2 * step) continue;
    const { line, time, high, low } = rows[i];
    const [before, after] = [rows[i - 1].close, rows[i + 1].open];
    if (isSpike(before, high, low, after)) notes.add('spike', `line ${line}: ${isoTime(time)} high ${high}, low ${low} between ${before} and ${after}`);
  }
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

function nameOf(ms: number): string {
  return TIMEFRAMES.find((name) => timeframeMs(name) === ms) ?? `${ms} ms`;
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { barOpenAt, type Timeframe } from '../../../src/domain/timeframe.js';
import { buildOnce } from '../../support/cli.js';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const ZONES = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'Europe/London', 'Australia/Lord_Howe'];
/** About the changes of the clocks in both hemispheres, the end of a year, and a leap day. */
const MOMENTS = ['2023-03-12T06:30:00Z', '2023-03-26T00:30:00Z', '2023-10-29T00:30:00Z', '2023-11-05T05:30:00Z', '2023-12-31T23:30:00Z', '2024-02-28T23:30:00Z'];
const TIMEFRAMES: readonly Timeframe[] = ['15m', '1h', '4h', '1d', '1w'];
const DELAY_SECONDS = 5;

interface Seen {
  /** Minutes by which the process's own clock differs from UTC at each moment. */
  readonly offsets: number[];
  /** When the clock wakes after each moment, ten times in a row, by timeframe. */
  readonly wakes: Record<string, number[][]>;
  readonly texts: string[];
}

/** What the built program does in a process that lives in this zone; a zone takes hold of a process only when it starts. */
function seenIn(zone: string): Seen {
  const script = `
    import { CronTime } from 'cron';
    import { cronExpression } from './dist/schedule/cron-expression.js';
    import { isoTime } from './dist/domain/instant.js';
    const moments = ${JSON.stringify(MOMENTS)}.map((text) => Date.parse(text));
    const wakes = {};
    for (const timeframe of ${JSON.stringify(TIMEFRAMES)}) {
      wakes[timeframe] = moments.map((from) => {
        const fires = [];
        for (let at = from; fires.length < 10; fires.push(at)) at = new CronTime(cronExpression(timeframe, ${DELAY_SECONDS}), 'UTC').getNextDateFrom(new Date(at), 'UTC').toMillis();
        return fires;
      });
    }
    console.log(JSON.stringify({ offsets: moments.map((at) => new Date(at).getTimezoneOffset()), wakes, texts: moments.map(isoTime) }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: PROJECT, env: { ...process.env, TZ: zone }, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Seen;
}

let inUtc: Seen;

beforeAll(() => {
  buildOnce();
  inUtc = seenIn('UTC');
}, 120_000);

describe('the clockwork', () => {
  it('F52 wakes once for every close, over changes of the clocks, the end of a year and a leap day', () => {
    for (const timeframe of TIMEFRAMES) {
      for (const fires of inUtc.wakes[timeframe]) {
        const closes = fires.map((at) => at - DELAY_SECONDS * 1000);
        expect(closes.map((close) => close - barOpenAt(close, timeframe))).toEqual(closes.map(() => 0));
        // None is passed over, none comes twice.
        closes.slice(1).forEach((close, i) => expect(barOpenAt(close - 1, timeframe)).toBe(closes[i]));
      }
    }
  });

  it.each(ZONES.slice(1))('F52 does the same at the same moments, whatever the time zone: %s', (zone) => {
    const { offsets, wakes, texts } = seenIn(zone);
    expect(offsets.some((minutes) => minutes !== 0)).toBe(true); // it did take hold
    expect({ wakes, texts }).toEqual({ wakes: inUtc.wakes, texts: inUtc.texts });
  });
});

import type { KlineField } from '../../support/exchange/faults/effect.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { hour, HOUR, MarketDataBench, refusal } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();

const FIELDS: readonly KlineField[] = ['open', 'high', 'low', 'close', 'volume'];
const NO_NUMBERS: readonly unknown[] = ['NaN', null, '', '1e5', '1e-3', 'Infinity', '0x10', ' 5 ', '5,0', 'abc', true, [], {}];

/** What is said about each of these values in a row of the next answer; the folder, ten candles in it, is left as it is each time. */
async function refusals(field: KlineField, values: readonly unknown[]): Promise<string[]> {
  const bench = new MarketDataBench(inFolder());
  await bench.download(-30, -20);
  const words: string[] = [];
  for (const value of values) {
    bench.heal();
    bench.damage({ op: 'set', index: 5, field, value });
    words.push(await refusal(bench, () => bench.download(-20)));
  }
  bench.heal();
  expect((await bench.download(-20)).added).toBe(20); // it is not the end: when the exchange has come to its senses the rest is fetched
  return words;
}

describe('values that are no prices', () => {
  it.each(FIELDS)('F36 a text, nothing or an exponent as %s refuses the whole answer, and nothing of it is kept', async (field) => {
    for (const words of await refusals(field, NO_NUMBERS)) {
      expect(words).toMatch(new RegExp(`^DATA\\.INVALID The exchange's answer for BTC/USDT 1h is refused: row \\d+ has ${field} .*; expected a number$`));
    }
  });

  it.each(FIELDS.filter((field) => field !== 'volume'))('F36 zero or less as %s refuses the whole answer', async (field) => {
    for (const words of await refusals(field, ['0', '-1', 0, -1])) expect(words).toMatch(/is refused: row \d+, (open|high|low|close) must be above 0, was (0|-1)$/);
  });

  it('F36 a time that is none refuses the whole answer: the row is not left out in silence', async () => {
    const values = [...NO_NUMBERS, '0', '-1', 0, -1, '1600000000', 1_600_000_000];
    for (const words of await refusals('openTime', values)) expect(words).toMatch(/is refused: row \d+(, timestamp must be| has timestamp .*; expected a time)/);
  });

  it('F36 a negative volume refuses the whole answer, and none at all is a fact', async () => {
    expect(await refusals('volume', ['-0.5'])).toEqual([expect.stringMatching(/, volume must be 0 or more, was -0\.5$/)]);
    const bench = new MarketDataBench(inFolder('quiet'));
    bench.damage({ op: 'set', index: 5, field: 'volume', value: '0.00000000' });
    await bench.download(-20);
    expect(bench.candles.at(-5)?.[5]).toBe(0);
  });

  it.each([
    { why: 'a low above the high', operation: { op: 'lowAboveHigh', index: 5 } as const, words: /high .* is below the low/ },
    { why: 'a high below the open', operation: { op: 'revise', index: 5, field: 'high', mulBps: 9000 } as const, words: /high .* is below the (low|open|close)/ },
    { why: 'a low above the close', operation: { op: 'revise', index: 5, field: 'low', mulBps: 11_000 } as const, words: /(low .* is above|high .* is below the low)/ },
  ])('F36 $why refuses the whole answer', async ({ operation, words }) => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage(operation);
    expect(await refusal(bench, () => bench.download(-20))).toMatch(words);
  });

  it.each([
    { why: 'tens of thousands of rows of nothing', body: `[${'[],'.repeat(20_000)}[]]` },
    { why: 'rows that are objects', body: JSON.stringify([{ openTime: hour(-20), open: '1', high: '1', low: '1', close: '1e2', volume: '1' }]) },
    { why: 'rows that are too short', body: JSON.stringify([[hour(-20), '1', '1', '1']]) },
  ])('F36 $why are refused', async ({ body }) => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'http', status: 200, body });
    expect(await refusal(bench, () => bench.download(-20))).toMatch(/has (timestamp|close) (undefined|1e2); expected a (time|number)|is one more than the 21 asked for/);
  });
});

describe('a price that leaves its neighbours', () => {
  const spikes = [
    { why: 'ten times as high', mulBps: 100_000 },
    { why: 'ninety percent lower', mulBps: 1000 },
  ];

  it.each(spikes)('F37 one row $why refuses the answer', async ({ mulBps }) => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'spike', index: 7, mulBps });
    expect(await refusal(bench, () => bench.download(-20))).toMatch(/row \d+ \(.*\) leaves its neighbours: high .*, low .*, close before .*, open after/);
  });

  it.each(spikes)('F37 the newest closed row $why refuses the answer, judged by the one that is forming', async ({ mulBps }) => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'spike', index: 1, mulBps });
    expect(await refusal(bench, () => bench.download(-20))).toContain('leaves its neighbours');
  });

  it.each(spikes)('F37 the newest row $why with nothing after it waits until something is', async ({ mulBps }) => {
    const bench = new MarketDataBench(inFolder(), { config: { lag: { klineForming: HOUR } } }); // the forming row is not shown
    bench.damage({ op: 'spike', index: 0, mulBps });
    expect(await bench.download(-20)).toEqual({ added: 19, conflicts: [], reachedMs: hour(-1) });
    bench.heal();
    expect(await bench.download(-20)).toEqual({ added: 1, conflicts: [], reachedMs: hour(0) });
  });

  it('F37 the first row after those on file is judged by the last of them', async () => {
    const bench = new MarketDataBench(inFolder());
    await bench.download(-30, -20);
    bench.damage({ op: 'spike', index: 20, mulBps: 100_000 }); // the answer begins with the last one on file
    expect(await refusal(bench, () => bench.download(-20))).toContain('leaves its neighbours');
  });

  it('F37 a crash that lasts is believed: its neighbours do not agree', async () => {
    const crash = { script: [{ atMs: 30 * 60_000, do: 'jump' as const, bps: -9000 }], stepMs: HOUR / 3, historyMs: 200 * HOUR };
    const bench = new MarketDataBench(inFolder(), { config: { feed: { BTCUSDT: crash } } });
    bench.exchange.advance(10 * HOUR);
    await bench.fetch(hour(-10), hour(8));
    expect(bench.hours).toHaveLength(18);
    expect((bench.candles.at(-1)?.[4] as number) / bench.candles[0][4]).toBeLessThan(0.2);
  });
});

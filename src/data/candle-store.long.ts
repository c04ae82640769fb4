import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Random } from '../domain/random.js';

const built = (file: string): string => JSON.stringify(pathToFileURL(resolve('dist', file)).href);

/** Merges a year of hours in pieces, as a download does; killed anywhere, it goes on from what is on disk. */
const WRITER = `
  const { CandleStore } = await import(${built('data/candle-store.js')});
  const { SyntheticMarket } = await import(${built('exchange/synthetic-market.js')});
  const { sliceRows } = await import(${built('data/candle-rows.js')});
  const { uncovered } = await import(${built('data/ranges.js')});
  const [dir, size] = [process.argv[1], Number(process.argv[2])];
  const HOUR = 3600000, START = Date.UTC(2023, 0, 1), BARS = 8760;
  const whole = new SyntheticMarket(1).candles('BTC/USDT', '1h', START, START + BARS * HOUR);
  const store = new CandleStore(dir);
  store.recover('BTC/USDT', '1h');
  process.stdout.write('ready');
  for (;;) {
    const [lack] = uncovered({ from: START, to: START + BARS * HOUR }, store.load('BTC/USDT', '1h').covered);
    if (lack === undefined) break;
    const from = (lack.from - START) / HOUR, to = Math.min((lack.to - START) / HOUR, from + size);
    store.merge('BTC/USDT', '1h', sliceRows(whole, from, to), [{ from: lack.from, to: START + to * HOUR }]);
  }
`;

/** Resolves to whether the writer came to its end before the knife. */
function write(dir: string, size: number, killAfterMs: number | null): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, dir, String(size)], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => {
      if (killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    });
    child.once('exit', (code) => done(code === 0));
  });
}

const truth = (dir: string): Record<string, string> =>
  Object.fromEntries(readdirSync(dir).filter((name) => /\.csv$|\.coverage\.json$/.test(name)).sort().map((name) => [name, readFileSync(join(dir, name), 'utf8')]));

const whereBuilt = existsSync(resolve('dist/data/candle-store.js')) ? describe : describe.skip;

whereBuilt('a candle store whose writer is killed (kill -9)', () => {
  it('ends in the bytes of one clean write, 200 times out of 200', async () => {
    const clean = mkdtempSync(join(tmpdir(), 'kill-'));
    await write(clean, 8760, null);
    const expected = truth(clean);
    const random = new Random(1);
    let killed = 0;
    for (let run = 0; run < 200; run++) {
      const dir = mkdtempSync(join(tmpdir(), 'kill-'));
      if (!(await write(dir, 100 + random.integer(900), 1 + random.float() * 150))) killed++;
      await write(dir, 3000, null);
      expect(truth(dir)).toEqual(expected);
      expect(readdirSync(dir).filter((name) => name.includes('.csv.') && name.endsWith('.tmp'))).toEqual([]);
      rmSync(dir, { recursive: true, force: true });
    }
    rmSync(clean, { recursive: true, force: true });
    process.stdout.write(`killed ${killed} of 200 writers\n`);
    expect(killed).toBeGreaterThan(100);
  }, 600_000);
});

import { spawnSync } from 'node:child_process';

import { openLedger } from '../../../src/persistence/open-ledger.js';
import { openSource } from '../../../src/persistence/data-source.js';
import { assertDurable, makeDurable } from '../../../src/persistence/sqlite/pragmas.js';
import { openRaw } from '../../../src/persistence/sqlite/raw-connection.js';
import { SignalRepository } from '../../../src/persistence/repositories/signal-repository.js';
import { BUSY_BOT, HAS_STRACE } from '../../support/ledger/kills.js';
import { newSignal } from '../../support/ledger/orders.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const withStrace = HAS_STRACE ? it : it.skip;

describe('durability', () => {
  it('F63 is asked for and confirmed on every open, and still there after the first write', async () => {
    await (await openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: Date.now() })).close();
    for (let n = 0; n < 2; n++) {
      const { source, native } = await openSource(inFolder('data/ledger.sqlite'), 'read-write');
      native.exec(`UPDATE leases SET since = since + 1`);
      expect(['synchronous', 'journal_mode', 'foreign_keys', 'busy_timeout', 'trusted_schema'].map((name) => native.pragma(name, { simple: true }))).toEqual([2, 'wal', 1, 5000, 0]);
      await source.destroy();
    }
  });

  it('F63 is missed when it is lost: nothing is written through such a connection', () => {
    const connection = openRaw(inFolder('x.sqlite'), { readOnly: false, mustExist: false });
    makeDurable(connection, 'read-write');
    connection.pragma('synchronous = NORMAL');
    expect(() => assertDurable(connection, 'read-write')).toThrow(expect.objectContaining({ code: 'LEDGER.DURABILITY', message: expect.stringMatching(/synchronous = 2, but it answered 1/) as string }));
    connection.close();
  });

  withStrace('F63 costs a flush for every commit: there are at least as many as there were commits (needs strace)', () => {
    const { stdout, stderr } = spawnSync('strace', ['-f', '-c', '-e', 'trace=fsync,fdatasync', process.execPath, BUSY_BOT, inFolder('data'), '10'], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
    expect(stdout).toMatch(/closed\n$/);
    // % time, seconds, microseconds a call, calls, [errors,] name
    const rows = stderr.split('\n').map((line) => line.trim().split(/\s+/));
    const flushes = rows.filter((row) => row.at(-1) === 'fsync' || row.at(-1) === 'fdatasync').reduce((sum, row) => sum + Number(row[3]), 0);
    expect(flushes).toBeGreaterThanOrEqual(10 * 5);
  }, 30_000);
});

describe('a ledger that another process has locked', () => {
  it('F68 is waited for as long as the time-out lasts, then refused with nothing written; afterwards all is well', async () => {
    const ledger = await openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: Date.now() });
    const signals = new SignalRepository(ledger.database);
    const other = openRaw(inFolder('data/ledger.sqlite'), { readOnly: false, mustExist: true });
    other.exec('BEGIN EXCLUSIVE');
    const started = performance.now();
    await expect(signals.record(newSignal(0))).rejects.toMatchObject({ code: 'LEDGER.BUSY', message: expect.stringMatching(/locked by another process; nothing was written/) as string });
    expect(performance.now() - started).toBeGreaterThan(4900);
    other.exec('ROLLBACK');
    other.close();
    expect(await signals.list({}, { limit: 9, offset: 0 })).toEqual([]);
    expect(await signals.record(newSignal(0))).toMatchObject({ fresh: true });
    await ledger.close();
  }, 20_000);
});

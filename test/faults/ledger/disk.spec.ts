import { copyFileSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

import { backUp } from '../../../src/persistence/backup.js';
import { openLedger } from '../../../src/persistence/open-ledger.js';
import { SignalRepository } from '../../../src/persistence/repositories/signal-repository.js';
import { BUSY_BOT, HAS_STRACE, runScript, survivors } from '../../support/ledger/kills.js';
import { newSignal } from '../../support/ledger/orders.js';
import { tellStory } from '../../support/ledger/story.js';
import { mountTinyDisk, resizeTinyDisk, unmountTinyDisk } from '../../support/ledger/tiny-disk.js';
import { newTemporaryFolder, useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const withStrace = HAS_STRACE ? it : it.skip;

const CAN_MOUNT = ((): boolean => {
  const folder = newTemporaryFolder();
  const mounted = mountTinyDisk(folder, 64);
  if (mounted) unmountTinyDisk(folder);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
})();
const withMount = CAN_MOUNT ? it : it.skip;

const open = (dataDir = inFolder()): ReturnType<typeof openLedger> => openLedger({ dataDir, botId: 'bot-1', nowMs: Date.UTC(2024, 5, 1) });

describe('a disk that is full or cannot be written to', () => {
  withMount('F64 refuses the commit, keeps what was committed, and goes on when there is room again (needs the right to mount)', async () => {
    const disk = inFolder('disk');
    mkdirSync(disk);
    mountTinyDisk(disk, 2048);
    try {
      const ledger = await open(disk);
      const signals = new SignalRepository(ledger.database);
      let acknowledged = 0;
      const writeUntilFull = async (): Promise<void> => {
        for (;;) {
          await signals.record(newSignal(acknowledged, { candleHash: 'x'.repeat(250) }));
          acknowledged++;
        }
      };
      await expect(writeUntilFull()).rejects.toMatchObject({ code: 'LEDGER.FULL', message: expect.stringMatching(/disk of .* is full; nothing was written/) as string });
      const full = acknowledged;
      expect(await signals.list({}, { limit: 100_000, offset: 0 })).toHaveLength(full);
      resizeTinyDisk(disk, 'size=8m');
      await signals.record(newSignal(acknowledged++));
      await ledger.close();
      const again = await open(disk);
      expect(await new SignalRepository(again.database).list({}, { limit: 100_000, offset: 0 })).toHaveLength(full + 1);
      await again.close();
    } finally {
      unmountTinyDisk(disk);
    }
  }, 60_000);

  withMount('F64 refuses to start on a read-only disk (needs the right to mount)', async () => {
    const disk = inFolder('disk');
    mkdirSync(disk);
    mountTinyDisk(disk, 2048);
    try {
      await (await open(disk)).close();
      resizeTinyDisk(disk, 'ro');
      await expect(open(disk)).rejects.toMatchObject({ code: 'LEDGER.READ_ONLY', message: expect.stringMatching(/cannot be written to/) as string });
    } finally {
      unmountTinyDisk(disk);
    }
  });

  withMount('F76 makes no half backup when there is no room for one (needs the right to mount)', async () => {
    await (await open()).close();
    const disk = inFolder('disk');
    mkdirSync(disk);
    mountTinyDisk(disk, 64);
    try {
      await expect(backUp(inFolder('ledger.sqlite'), disk, 1, 0)).rejects.toMatchObject({ code: 'LEDGER.FULL' });
    } finally {
      unmountTinyDisk(disk);
    }
  });

  withStrace.each([40, 255, 330])('F64 full from write %i on: refused, and everything acknowledged survives (needs strace)', async (n) => {
    const { lines, code } = await runScript(BUSY_BOT, [inFolder('data'), '2'], `pwrite64:error=ENOSPC:when=${n}+`);
    expect([lines.at(-1), code]).toEqual([expect.stringMatching(/^refused LEDGER\.FULL/), 1]);
    expect(await survivors(inFolder('data'), lines)).toEqual({ lost: [], duplicated: [], half: [] });
  }, 30_000);

  withStrace.each([2, 13, 21])('F65 errors from flush %i on: refused, halted, and everything acknowledged survives (needs strace)', async (n) => {
    const { lines, code } = await runScript(BUSY_BOT, [inFolder('data'), '2'], `fsync:error=EIO:when=${n}+`);
    expect([lines.at(-1), code]).toEqual([expect.stringMatching(/^refused LEDGER\.IO/), expect.any(Number)]);
    expect(await survivors(inFolder('data'), lines)).toEqual({ lost: [], duplicated: [], half: [] });
  }, 30_000);
});

describe('a file that is damaged', () => {
  beforeEach(async () => {
    const ledger = await open();
    await tellStory(ledger.database);
    await ledger.close();
  });

  /** Every look at the file refuses, nothing is put in its place, and not one byte changes. */
  async function expectRefused(code: string, message: RegExp): Promise<void> {
    const before = readFileSync(inFolder('ledger.sqlite'));
    await expect(open()).rejects.toMatchObject({ code, exitCode: 3, message: expect.stringMatching(message) as string });
    expect(readFileSync(inFolder('ledger.sqlite')).equals(before)).toBe(true);
  }

  function overwrite(offset: number, bytes: Uint8Array): void {
    const file = openSync(inFolder('ledger.sqlite'), 'r+');
    writeSync(file, bytes, 0, bytes.length, offset);
    closeSync(file);
  }

  it.each([
    ['a page of zeros in the middle', 4096 * 8, new Uint8Array(4096)],
    ['a page of noise', 4096 * 11, Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)],
    ['the first page gone', 0, new Uint8Array(4096)],
    ['a wrong beginning', 0, new TextEncoder().encode('This is not a database')],
  ])('F65 %s: refuses to start, with the way back', async (_what, offset, bytes) => {
    overwrite(offset, bytes);
    await expectRefused('LEDGER.CORRUPT', /is damaged.*There is no backup in .*Stop the bot/);
  });

  it('F65 a file cut short: refuses to start', async () => {
    truncateSync(inFolder('ledger.sqlite'), 4096 * 10);
    await expectRefused('LEDGER.CORRUPT', /is damaged/);
  });

  it('F65 an empty file is not taken for a new ledger', async () => {
    truncateSync(inFolder('ledger.sqlite'), 0);
    await expectRefused('LEDGER.EMPTY', /is empty \(0 bytes\)/);
  });

  it('F65 another database is not taken for a ledger', async () => {
    rmSync(inFolder('ledger.sqlite'));
    const { default: Database } = await import('better-sqlite3');
    new Database(inFolder('ledger.sqlite')).exec('CREATE TABLE strangers (id)').close();
    await expectRefused('LEDGER.FOREIGN', /is a database, but no ledger/);
  });

  it('F65 names the newest backup, and following the message brings everything back', async () => {
    await backUp(inFolder('ledger.sqlite'), inFolder('backups'), 1, 1000);
    const { path } = await backUp(inFolder('ledger.sqlite'), inFolder('backups'), 1, 2000);
    overwrite(4096 * 8, new Uint8Array(4096));
    await expectRefused('LEDGER.CORRUPT', new RegExp(`The newest backup is ${path}`));
    copyFileSync(path, inFolder('ledger.sqlite'));
    const ledger = await open();
    expect(await new SignalRepository(ledger.database).list({}, { limit: 100, offset: 0 })).toHaveLength(6);
    await ledger.close();
  });

  it('F65 a damaged ledger is not backed up as if it were whole', async () => {
    overwrite(4096 * 8, new Uint8Array(4096));
    await expect(backUp(inFolder('ledger.sqlite'), inFolder('backups'), 1, 1000)).rejects.toMatchObject({ code: 'LEDGER.CORRUPT' });
  });

  it('F69 a ledger that is gone is not replaced by an empty one, whatever trace of it is left', async () => {
    rmSync(inFolder('ledger.sqlite'));
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER.MISSING', exitCode: 3, message: expect.stringMatching(/ledger\.id says that it was.*An empty ledger is not put in its place/) as string });
    rmSync(inFolder('ledger.id'));
    writeFileSync(inFolder('ledger.sqlite-wal'), 'x');
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER.MISSING' });
    rmSync(inFolder('ledger.sqlite-wal'));
    expect((await open().then(async (ledger) => ledger.close().then(() => ledger))).opening.created).toBe(true);
  });
});

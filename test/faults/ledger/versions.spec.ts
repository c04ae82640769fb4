import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { backUp } from '../../../src/persistence/backup.js';
import { checkLedger } from '../../../src/persistence/check-ledger.js';
import { openSource } from '../../../src/persistence/data-source.js';
import { LedgerReader } from '../../../src/persistence/ledger-reader.js';
import { ALL_MIGRATIONS } from '../../../src/persistence/migrations/all-migrations.js';
import { openLedger, openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import { FillQueries } from '../../../src/persistence/repositories/fill-queries.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { TradeRepository } from '../../../src/persistence/repositories/trade-repository.js';
import { openRaw } from '../../../src/persistence/sqlite/raw-connection.js';
import { dumpOf, restoreDump } from '../../support/ledger/dump.js';
import { NextVersion } from '../../support/ledger/next-version.js';
import { executed, newFill, newOrder } from '../../support/ledger/orders.js';
import { tellStory } from '../../support/ledger/story.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const FIXTURES = fileURLToPath(new URL('../../support/ledger-fixtures/', import.meta.url));
const CURRENT = `${FIXTURES}v${ALL_MIGRATIONS.length}.sql`;
const VERSIONS = readdirSync(FIXTURES).filter((name) => /^v\d+\.sql$/.test(name));
const inFolder = useTemporaryFolder();
const NOW = Date.UTC(2024, 5, 1);

const open = (migrations = ALL_MIGRATIONS): ReturnType<typeof openLedger> => openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: NOW, migrations });

/** What may never change in a migration: what was traded, and what it came to. */
async function results(): Promise<unknown> {
  const reader = await LedgerReader.open(inFolder());
  const trades = new TradeRepository(reader);
  const found = [await trades.positions({}), await trades.pnl({}, 'day'), await trades.list({}, { limit: 100, offset: 0 }), await reader.read(checkLedger)];
  await reader.close();
  return found;
}

function schemaOf(path: string): string[] {
  const connection = openRaw(path, { readOnly: true, mustExist: true });
  const rows = connection.prepare(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name`).all() as { sql: string }[];
  connection.close();
  return rows.map(({ sql }) => sql);
}

async function refreshFixture(): Promise<void> {
  if (process.env['REFRESH_LEDGER_FIXTURE'] !== '1') return;
  const ledger = await open();
  await tellStory(ledger.database, ALL_MIGRATIONS.length);
  await ledger.close();
  const connection = openRaw(inFolder('ledger.sqlite'), { readOnly: true, mustExist: true });
  writeFileSync(CURRENT, dumpOf(connection));
  connection.close();
}

describe('ledgers of all versions', () => {
  it('F74 has a fixture of every version, the present one included', async () => {
    await refreshFixture();
    expect(ALL_MIGRATIONS.map((_, i) => existsSync(`${FIXTURES}v${i + 1}.sql`))).toEqual(ALL_MIGRATIONS.map(() => true));
  });

  it('F74 a released version was never edited: its fixture is what its migrations make', async () => {
    restoreDump(inFolder('ledger.sqlite'), readFileSync(CURRENT, 'utf8'));
    const { source, native } = await openSource(':memory:', 'memory');
    await source.runMigrations({ transaction: 'all' });
    const made = native.prepare(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name`).all() as { sql: string }[];
    expect(schemaOf(inFolder('ledger.sqlite'))).toEqual(made.map(({ sql }) => sql));
    await source.destroy();
  });

  it.each(VERSIONS)('F74 %s is brought to the present version, whole, with the same results', async (name) => {
    restoreDump(inFolder('ledger.sqlite'), readFileSync(FIXTURES + name, 'utf8'));
    const ledger = await open();
    const version = Number(/\d+/.exec(name)?.[0]);
    expect(ledger.opening).toMatchObject({ created: false, migrated: ALL_MIGRATIONS.slice(version).map(({ name: migration }) => migration) });
    await ledger.close();
    const memory = await openMemoryLedger();
    await tellStory(memory, version);
    const trades = new TradeRepository(memory);
    const [positions, days, , check] = (await results()) as unknown[];
    expect(positions).toEqual(await trades.positions({}));
    expect(days).toEqual(await trades.pnl({}, 'day'));
    expect(check).toMatchObject({ fills: version >= 2 ? 6 : 5, findings: [] });
    await memory.close();
  });

  it('F74 v1 keeps its events when their table is made anew, and they are still never changed', async () => {
    restoreDump(inFolder('ledger.sqlite'), readFileSync(`${FIXTURES}v1.sql`, 'utf8'));
    const eventsOf = (): unknown => {
      const connection = openRaw(inFolder('ledger.sqlite'), { readOnly: true, mustExist: true });
      const rows = connection.prepare('SELECT * FROM bot_events ORDER BY id').all();
      connection.close();
      return rows;
    };
    const before = eventsOf();
    const ledger = await open();
    expect(before).toHaveLength(1);
    expect(eventsOf()).toEqual(before);
    await expect(ledger.database.write((transaction) => transaction.change('DELETE FROM bot_events', []))).rejects.toMatchObject({ code: 'LEDGER.STATE' });
    await ledger.close();
  });

  it('F74 an older one is backed up before it is migrated, and the backup is the old version, whole', async () => {
    restoreDump(inFolder('ledger.sqlite'), readFileSync(CURRENT, 'utf8'));
    const before = await results();
    const ledger = await open([...ALL_MIGRATIONS, NextVersion]);
    expect(ledger.opening.migrated).toEqual([NextVersion.name]);
    const { path } = ledger.opening.backup ?? { path: '' };
    expect(path).toBe(inFolder(`backups/ledger-v${ALL_MIGRATIONS.length}-20240601T000000000Z.sqlite`));
    await ledger.close();
    await expect(LedgerReader.open(inFolder())).rejects.toMatchObject({ code: 'LEDGER.NEWER' });
    // The way back that every message tells.
    restoreDump(inFolder('ledger.sqlite'), dumpFile(path));
    expect(await results()).toEqual(before);
  });

  it('F74 a newer one is refused and not touched', async () => {
    await (await open([...ALL_MIGRATIONS, NextVersion])).close();
    const before = readFileSync(inFolder('ledger.sqlite'));
    await expect(open()).rejects.toMatchObject({ code: 'LEDGER.NEWER', exitCode: 3, message: expect.stringMatching(/written by a newer version .*NextVersion1999000000000.* Run the newer version/) as string });
    expect(readFileSync(inFolder('ledger.sqlite')).equals(before)).toBe(true);
    expect(existsSync(inFolder('backups'))).toBe(false);
  });

  it('F74 a migration that fails leaves the old version, and says so', async () => {
    restoreDump(inFolder('ledger.sqlite'), readFileSync(CURRENT, 'utf8'));
    const before = await results();
    class Broken1999000000001 extends NextVersion {
      override async up(...args: Parameters<NextVersion['up']>): Promise<void> {
        await super.up(...args);
        throw new Error('half way');
      }
    }
    await expect(open([...ALL_MIGRATIONS, Broken1999000000001])).rejects.toThrow('half way');
    expect(await results()).toEqual(before);
  });

  it('F75 an old backup opens; what was traded since is booked again once, and what it holds is not booked twice', async () => {
    const first = await open();
    await tellStory(first.database);
    const backup = await backUp(inFolder('ledger.sqlite'), inFolder('backups'), 1, NOW);
    const late = newFill('900', { price: '44000', quantity: '0.01' });
    await executed(new OrderRepository(first.database), newOrder(60, { quantity: '0.01' }), [late]);
    await first.close();
    const before = await results();
    restoreDump(inFolder('ledger.sqlite'), dumpFile(backup.path));
    const again = await open();
    const orders = new OrderRepository(again.database);
    for (const order of await orders.list({ states: ['FILLED'] }, { limit: 100, offset: 0 })) {
      const known = await new FillQueries(again.database).ofOrder(order.id);
      await orders.addFills(order.id, known, NOW);
    }
    await executed(orders, newOrder(60, { quantity: '0.01' }), [late, late]);
    await again.close();
    expect(await results()).toEqual(before);
  });
});

function dumpFile(path: string): string {
  const connection = openRaw(path, { readOnly: true, mustExist: true });
  const text = dumpOf(connection);
  connection.close();
  return text;
}

import { rmSync } from 'node:fs';

import { LedgerError } from '../../../src/domain/errors.js';
import type { LedgerTransaction } from '../../../src/persistence/ledger-view.js';
import { ledgerPaths } from '../../../src/persistence/ledger-paths.js';
import { openLedger, type Ledger } from '../../../src/persistence/open-ledger.js';
import { openRaw, type RawConnection } from '../../../src/persistence/sqlite/raw-connection.js';
import { dumpOf } from '../../support/ledger/dump.js';
import { folderInMemory } from './folder-in-memory.js';
import type { Mortality } from './mortality.js';

type Disaster = 'ENOSPC' | 'SQLITE_BUSY';

/** Tables that tell of this machine and this process, which are not the same in two runs. */
const OF_THE_MACHINE = /^INSERT INTO "(?:leases|ledger_identity|bot_events)" /;
const UUID = /'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'/g;

/** The disk of the simulated machine: a real ledger in a folder, whose commits can fail and at whose commits the process can die. */
export class Storage {
  readonly folder = folderInMemory();
  /** Commits that a full disk or a locked database has refused. */
  refused = 0;
  private next: Disaster | null = null;
  private open: Ledger | null = null;

  constructor(private readonly mortality: Mortality) {}

  get path(): string {
    return ledgerPaths(this.folder).database;
  }

  /** The next commit will fail. */
  failNext(disaster: Disaster): void {
    this.next = disaster;
  }

  calm(): void {
    this.next = null;
  }

  async openLedger(botId: string, nowMs: number): Promise<Ledger> {
    const ledger = await openLedger({ dataDir: this.folder, botId, nowMs });
    this.open = ledger;
    const { database } = ledger;
    const write = database.write.bind(database);
    database.write = async <T>(work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> => {
      await this.mortality.pass('before commit');
      const disaster = this.next;
      this.next = null;
      if (disaster !== null) this.refused++;
      if (disaster === 'SQLITE_BUSY') throw new LedgerError('LEDGER.BUSY', 'The database is locked');
      const result = await write(async (transaction) => {
        const done = await work(transaction);
        if (disaster === 'ENOSPC') throw new LedgerError('LEDGER.FULL', 'The disk is full');
        return done;
      });
      await this.mortality.pass('after commit');
      return result;
    };
    return ledger;
  }

  /** The process is gone: its files are closed by the operating system, and nothing is given back in good order. */
  async abandon(): Promise<void> {
    const ledger = this.open as unknown as { database: Ledger['database']; lock: { release(): void } } | null;
    this.open = null;
    await ledger?.database.close();
    ledger?.lock.release();
  }

  /** State of an order as any other process would read it now; null when it is not there. */
  committedState(clientOrderId: string): string | null {
    return this.beside((reader) => {
      const row = reader.prepare('SELECT state FROM orders WHERE client_order_id = ?').get(clientOrderId) as { state: string } | undefined;
      return row?.state ?? null;
    });
  }

  ordersEverUnknown(): number {
    return this.beside((reader) => {
      const row = reader.prepare(`SELECT count(DISTINCT order_id) AS orders FROM order_transitions WHERE to_state = 'UNKNOWN'`).get() as { orders: number };
      return row.orders;
    });
  }

  /** Everything committed, as text that two equal runs have in common: random ids become numbers by their first appearance. */
  dump(): string {
    const lines = this.beside(dumpOf).split('\n').filter((line) => !OF_THE_MACHINE.test(line));
    const names = new Map<string, string>();
    return lines.join('\n').replace(UUID, (id) => {
      if (!names.has(id)) names.set(id, `'id-${names.size + 1}'`);
      return names.get(id) ?? id;
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private beside<T>(ask: (reader: RawConnection) => T): T {
    const reader = openRaw(this.path, { readOnly: true, mustExist: true });
    try {
      return ask(reader);
    } finally {
      reader.close();
    }
  }
}

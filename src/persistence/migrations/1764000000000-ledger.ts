import type { MigrationInterface, QueryRunner } from 'typeorm';

import { LEDGER_TABLES } from './1764000000000-tables.js';
import { LEDGER_TRIGGERS } from './1764000000000-triggers.js';

/** Schema 1: signals, orders, fills and what is derived from them; the risk gate, events, equity; lease and canary. */
export class Ledger1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [...LEDGER_TABLES, ...LEDGER_TRIGGERS]) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first schema has nothing before it: restore a backup instead');
  }
}

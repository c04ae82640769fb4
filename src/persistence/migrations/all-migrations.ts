import { Ledger1764000000000 } from './1764000000000-ledger.js';
import { Adjustments1764100000000 } from './1764100000000-adjustments.js';

/** Oldest first. The number of them is the version of the schema. A released one is never edited. */
export const ALL_MIGRATIONS = [Ledger1764000000000, Adjustments1764100000000];

export type MigrationClass = (typeof ALL_MIGRATIONS)[number];

export function migrationNames(migrations: readonly MigrationClass[]): string[] {
  return migrations.map(({ name }) => name);
}

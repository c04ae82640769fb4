import type { RawConnection } from './raw-connection.js';

/**
 * What SQLite finds wrong with a database; empty when it is sound.
 *
 * @param depth `quick` reads every page, `full` compares the indexes with the rows as well
 */
export function damageOf(connection: RawConnection, depth: 'quick' | 'full'): string[] {
  const rows = connection.pragma(depth === 'quick' ? 'quick_check(10)' : 'integrity_check(10)') as Record<string, string>[];
  const lines = rows.map((row) => Object.values(row)[0].replaceAll('\n', ' ')).filter((line) => line !== 'ok');
  const orphans = connection.pragma('foreign_key_check') as { table: string; parent: string }[];
  return [...lines, ...orphans.slice(0, 10).map(({ table, parent }) => `a row of ${table} refers to a row of ${parent} that is not there`)];
}

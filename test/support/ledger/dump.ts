import { writeFileSync } from 'node:fs';

import { openRaw, type RawConnection } from '../../../src/persistence/sqlite/raw-connection.js';

/** A database as SQL text: tables, rows, and at the end the indexes and triggers, in an order that does not depend on chance. */
export function dumpOf(connection: RawConnection): string {
  const objects = connection.prepare(`SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid`).all() as { type: string; name: string; sql: string }[];
  const tables = objects.filter(({ type }) => type === 'table');
  const rows = tables.flatMap(({ name }) =>
    (connection.prepare(`SELECT * FROM "${name}" ORDER BY rowid`).all() as Record<string, string | number | null>[]).map((row) => `INSERT INTO "${name}" VALUES (${Object.values(row).map(literal).join(', ')});`),
  );
  const version = connection.pragma('user_version', { simple: true }) as number;
  return [...tables.map(({ sql }) => `${sql};`), ...rows, ...objects.filter(({ type }) => type !== 'table').map(({ sql }) => `${sql};`), `PRAGMA user_version = ${version};`, ''].join('\n');
}

/** Makes a database file out of such a text. */
export function restoreDump(path: string, sql: string): void {
  writeFileSync(path, '');
  const connection = openRaw(path, { readOnly: false, mustExist: true });
  connection.pragma('journal_mode = WAL');
  connection.exec(`BEGIN; ${sql} COMMIT;`);
  connection.close();
}

function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

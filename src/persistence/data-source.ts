import { DataSource, type Logger } from 'typeorm';

import { ALL_ENTITIES } from './entities/all-entities.js';
import { ALL_MIGRATIONS, type MigrationClass } from './migrations/all-migrations.js';
import { SnakeNames } from './snake-names.js';
import { keepAlive } from './sqlite/keep-alive.js';
import { makeDurable, type Access } from './sqlite/pragmas.js';
import { BUSY_TIMEOUT_MS, type RawConnection } from './sqlite/raw-connection.js';

export const MIGRATIONS_TABLE = 'migrations';

/** What goes wrong is thrown; TypeORM would print it to stdout as well, where reports go. */
const SILENT: Logger = Object.freeze({ logQuery() {}, logQueryError() {}, logQuerySlow() {}, logSchemaBuild() {}, logMigration() {}, log() {} });

export interface OpenedSource {
  readonly source: DataSource;
  /** The connection that TypeORM talks through. */
  readonly native: RawConnection;
}

/**
 * TypeORM on one SQLite connection, durable and asked about it.
 *
 * @param path an existing file (which may be empty of tables), or `:memory:`
 */
export async function openSource(path: string, access: Access, migrations: readonly MigrationClass[] = ALL_MIGRATIONS): Promise<OpenedSource> {
  let native: RawConnection | undefined;
  const source = new DataSource({
    type: 'better-sqlite3',
    database: path,
    readonly: access === 'read-only',
    fileMustExist: access === 'read-only',
    timeout: BUSY_TIMEOUT_MS,
    entities: ALL_ENTITIES,
    migrations: [...migrations],
    migrationsTableName: MIGRATIONS_TABLE,
    namingStrategy: new SnakeNames(),
    logging: false,
    logger: SILENT,
    prepareDatabase: (connection: RawConnection) => {
      native = connection;
      keepAlive(connection);
      makeDurable(connection, access);
    },
  });
  try {
    await source.initialize();
  } catch (error) {
    native?.close();
    throw error;
  }
  return { source, native: native as RawConnection };
}

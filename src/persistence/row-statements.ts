import type { DataSource, EntityMetadata, ObjectLiteral } from 'typeorm';

export type EntityClass<E extends ObjectLiteral> = new () => E;
export type SqlValue = string | number | null;

/**
 * INSERT statements made once from an entity's metadata. TypeORM's own insert builder composes its text anew for every row, which
 * costs more than a durable commit does.
 */
interface Statements {
  readonly insert: string;
  readonly upsert: string;
  readonly metadata: EntityMetadata;
}

const made = new WeakMap<DataSource, Map<EntityClass<ObjectLiteral>, Statements>>();

export function insertSql<E extends ObjectLiteral>(source: DataSource, entity: EntityClass<E>): string {
  return statementsOf(source, entity).insert;
}

export function upsertSql<E extends ObjectLiteral>(source: DataSource, entity: EntityClass<E>): string {
  return statementsOf(source, entity).upsert;
}

/** The values of a row in the order of its statement; what is left out is null. */
export function rowParameters<E extends ObjectLiteral>(source: DataSource, entity: EntityClass<E>, row: Partial<E>): SqlValue[] {
  return writtenColumns(statementsOf(source, entity).metadata).map((column) => {
    const value: unknown = (row as Record<string, unknown>)[column.propertyName];
    return value === undefined || value === null ? null : (source.driver.preparePersistentValue(value, column) as SqlValue);
  });
}

function statementsOf<E extends ObjectLiteral>(source: DataSource, entity: EntityClass<E>): Statements {
  const known = made.get(source) ?? new Map<EntityClass<ObjectLiteral>, Statements>();
  made.set(source, known);
  const found = known.get(entity);
  if (found !== undefined) return found;
  const metadata = source.getMetadata(entity);
  const columns = writtenColumns(metadata).map(({ databaseName }) => `"${databaseName}"`);
  const keys = metadata.primaryColumns.map(({ databaseName }) => `"${databaseName}"`);
  const insert = `INSERT INTO "${metadata.tableName}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  const others = columns.filter((column) => !keys.includes(column));
  const upsert = `${insert} ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  const statements = { insert, upsert, metadata };
  known.set(entity, statements);
  return statements;
}

function writtenColumns(metadata: EntityMetadata): EntityMetadata['columns'] {
  return metadata.columns.filter((column) => !column.isGenerated);
}

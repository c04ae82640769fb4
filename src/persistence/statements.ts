import type { DataSource, EntityMetadata, ObjectLiteral } from 'typeorm';

import { LedgerError } from '../domain/errors.js';
import type { EntityClass, SqlValue } from './row-statements.js';
import type { RawConnection, Statement } from './sqlite/raw-connection.js';

/** Statements that are kept prepared, beyond the ones for entities: their texts come from the sources, so there are not many. */
const MOST_KEPT = 300;

type ColumnReader = (value: unknown) => unknown;

/** A question about one entity, with lists of one length. */
interface Question {
  readonly statement: Statement;
  /** One per `?`, in order; a list has several. */
  readonly values: readonly ParameterPlace[];
}

interface ParameterPlace {
  readonly name: string;
  /** Place in a list; null for a parameter that is none. */
  readonly at: number | null;
}

/** How rows of one entity are asked for and made. */
interface Shape {
  readonly metadata: EntityMetadata;
  readonly names: readonly string[];
  /** null where the value is kept as it is stored. */
  readonly readers: readonly (ColumnReader | null)[];
  readonly questions: Map<string, Map<string, Question>>;
}

/**
 * The statements of one connection, each prepared once. TypeORM composes the text of a question anew each time it is asked, and tells
 * its listeners before and after: that costs ten times what SQLite needs for the answer.
 */
export class Statements {
  private readonly kept = new Map<string, Statement>();
  private readonly shapes = new Map<EntityClass<ObjectLiteral>, Shape>();

  constructor(
    private readonly source: DataSource,
    private readonly native: RawConnection,
  ) {}

  /** @param sql one statement with a `?` for each parameter */
  prepared(sql: string): Statement {
    const known = this.kept.get(sql);
    if (known !== undefined) return known;
    const statement = this.native.prepare(sql);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(sql, statement);
    return statement;
  }

  /**
   * Rows of one entity, as TypeORM would make them.
   *
   * @param where what stands behind WHERE, with `row.property` for columns and `:name` for parameters; `IN (:...name)` takes a list
   */
  select<E extends ObjectLiteral>(entity: EntityClass<E>, where: string, parameters: object): E[] {
    const shape = this.shapeOf(entity);
    const { statement, values } = this.questionOf(shape, where, parameters as Readonly<Record<string, unknown>>);
    const rows = statement.all(values.map((place) => valueOf(place, parameters as Readonly<Record<string, unknown>>, where))) as unknown[][];
    return rows.map((row) => entityOf(entity, shape, row));
  }

  private questionOf(shape: Shape, where: string, parameters: Readonly<Record<string, unknown>>): Question {
    const asked = shape.questions.get(where) ?? new Map<string, Question>();
    shape.questions.set(where, asked);
    const lengths = where.includes(':...') ? lengthsOf(where, parameters) : '';
    const known = asked.get(lengths);
    if (known !== undefined) return known;
    const values: ParameterPlace[] = [];
    const condition = where
      .replaceAll(/\brow\.(\w+)/g, (_, property: string) => `"${columnOf(shape.metadata, property)}"`)
      .replaceAll(/:(\.\.\.)?(\w+)/g, (_, isList: string | undefined, name: string) => {
        const places = isList === undefined ? [{ name, at: null }] : Array.from({ length: roundedLength(parameters[name], name, where) }, (__, at) => ({ name, at }));
        values.push(...places);
        return places.map(() => '?').join(', ');
      });
    const columns = shape.metadata.columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
    const statement = this.native.prepare(`SELECT ${columns} FROM "${shape.metadata.tableName}" WHERE ${condition}`).raw(true);
    const question = { statement, values };
    asked.set(lengths, question);
    return question;
  }

  private shapeOf<E extends ObjectLiteral>(entity: EntityClass<E>): Shape {
    const known = this.shapes.get(entity);
    if (known !== undefined) return known;
    const metadata = this.source.getMetadata(entity);
    const { driver } = this.source;
    const readers = metadata.columns.map((column) => {
      const isPlain = (column.type === 'text' || column.type === 'integer') && column.transformer === undefined;
      return isPlain ? null : (value: unknown): unknown => driver.prepareHydratedValue(value, column) as unknown;
    });
    const shape = { metadata, names: metadata.columns.map(({ propertyName }) => propertyName), readers, questions: new Map<string, Map<string, Question>>() };
    this.shapes.set(entity, shape);
    return shape;
  }
}

function entityOf<E extends ObjectLiteral>(entity: EntityClass<E>, { names, readers }: Shape, row: readonly unknown[]): E {
  const made: Record<string, unknown> = new entity();
  for (let i = 0; i < names.length; i++) {
    const read = readers[i];
    made[names[i]] = read === null ? row[i] : read(row[i]);
  }
  return made as E;
}

function columnOf(metadata: EntityMetadata, property: string): string {
  const column = metadata.columns.find(({ propertyName }) => propertyName === property);
  if (column === undefined) throw misuse(`${metadata.name} has no column for ${property}`);
  return column.databaseName;
}

function lengthsOf(where: string, parameters: Readonly<Record<string, unknown>>): string {
  return [...where.matchAll(/:\.\.\.(\w+)/g)].map(([, name]) => roundedLength(parameters[name], name, where)).join(' ');
}

/** Lists are filled up to a power of two by repeating their last value, so that few statements serve all lengths. */
function roundedLength(list: unknown, name: string, where: string): number {
  if (!Array.isArray(list)) throw misuse(`:...${name} needs a list: ${where}`);
  return list.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(list.length));
}

function valueOf({ name, at }: ParameterPlace, parameters: Readonly<Record<string, unknown>>, where: string): SqlValue {
  const given = parameters[name];
  const value: unknown = at === null ? given : (given as readonly unknown[])[Math.min(at, (given as readonly unknown[]).length - 1)];
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  throw misuse(`:${name} must be a text, a number or null; was ${typeof value}: ${where}`);
}

function misuse(what: string): LedgerError {
  return new LedgerError('LEDGER.MISUSE', `The question cannot be asked: ${what}`);
}

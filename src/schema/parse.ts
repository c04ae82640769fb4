import type { ValidationError } from 'class-validator';

import { didYouMean } from '../domain/nearest-name.js';
import type { Problem } from '../domain/errors.js';
import { plainToInstance, validateSync } from './validation-library.js';
import { fieldsOf, isPlainObject, type FieldSpec } from './fields.js';
import { isForbiddenName, toCamel, toSnake } from './names.js';

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: Problem[] };

/**
 * A user's document (snake_case keys) as an instance of a declared class: defaults filled in, unknown keys refused, every
 * problem listed with its path, what was there and what is allowed.
 */
export function parseDeclared<T extends object>(type: new () => T, raw: unknown, root = ''): Parsed<T> {
  const problems: Problem[] = [];
  const plain = renameKeys(type, raw, root, problems);
  if (plain === null) return { ok: false, problems };
  const value = instantiate(type, plain);
  collect(type, validateSync(value, { whitelist: true, forbidUnknownValues: false }), root, problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value };
}

/** An instance back in the user's spelling; fields without a value are left out. */
export function toDocument(value: object): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const [name, spec] of fieldsOf(value.constructor as new () => object)) {
    const field = (value as Record<string, unknown>)[name];
    if (field === undefined) continue;
    document[toSnake(name)] = spec.kind === 'section' ? toDocument(field as object) : field;
  }
  return document;
}

function renameKeys(type: new () => object, raw: unknown, path: string, problems: Problem[]): Record<string, unknown> | null {
  if (!isPlainObject(raw)) {
    problems.push({ path, message: `must be an object, was ${show(raw)}` });
    return null;
  }
  const fields = fieldsOf(type);
  const known = [...fields.keys()].map(toSnake);
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(raw)) {
    const at = join(path, key);
    const name = toCamel(key);
    const spec = fields.get(name);
    if (isForbiddenName(key) || spec === undefined || toSnake(name) !== key) {
      problems.push({ path: at, message: `is unknown.${didYouMean(toSnake(key), known) || ` Known here: ${known.join(', ')}`}` });
    } else if (spec.kind === 'section') {
      const section = renameKeys(spec.section as new () => object, raw[key], at, problems);
      if (section !== null) plain[name] = section;
    } else if (raw[key] !== null || spec.optional !== true) {
      plain[name] = raw[key];
    }
  }
  return plain;
}

/**
 * Plain values become an instance by class-transformer, section by section. Whatever else a user wrote (a list, an object of free
 * names such as `constructor`, which the library would stumble over) is kept as it stands, for its own check.
 */
function instantiate<T extends object>(type: new () => T, plain: Record<string, unknown>): T {
  const isPlainValue = (name: string): boolean => typeof plain[name] !== 'object' || plain[name] === null;
  const simple = Object.fromEntries(Object.entries(plain).filter(([name]) => isPlainValue(name)));
  const value = plainToInstance(type, simple, { exposeDefaultValues: true }) as Record<string, unknown>;
  for (const [name, { section }] of fieldsOf(type)) {
    const field = plain[name];
    if (field === undefined || isPlainValue(name)) continue;
    value[name] = section === undefined ? field : instantiate(section, field as Record<string, unknown>);
  }
  return value as T;
}

function collect(type: new () => object, errors: ValidationError[], path: string, problems: Problem[]): void {
  const fields = fieldsOf(type);
  for (const { property, value, constraints = {}, children = [] } of errors) {
    const at = join(path, toSnake(property));
    const spec = fields.get(property) as FieldSpec;
    if (problems.some((problem) => problem.path === at)) continue;
    // One message a field: a field of the wrong type breaks every rule it has.
    const broken = constraints['isLessThan'] ?? spec.expected;
    const rule = Object.keys(constraints).every((name) => name === 'isLessThan') ? broken : spec.expected;
    if (Object.keys(constraints).length > 0) {
      problems.push({ path: at, message: value === undefined ? `is required: ${spec.expected}` : `must be ${snakeNames(rule, fields)}, was ${show(value)}` });
    }
    if (spec.section !== undefined) collect(spec.section, children, at, problems);
  }
}

/** Messages name fields as the user writes them. */
function snakeNames(message: string, fields: ReadonlyMap<string, FieldSpec>): string {
  return message.replace(/[A-Za-z]+/g, (word) => (fields.has(word) ? toSnake(word) : word));
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

const LONGEST_SHOWN = 80;

/** A value as it may stand in a message: JSON, short. */
export function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined) return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

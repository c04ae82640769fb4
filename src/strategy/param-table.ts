import { fieldsOf } from '../schema/fields.js';
import { toSnake } from '../schema/names.js';

/** One parameter of a strategy, for people. */
export interface ParamRow {
  readonly name: string;
  readonly type: string;
  /** In words: `a whole number from 1 to 5000`. */
  readonly range: string;
  readonly default: unknown;
  readonly doc: string;
  /** Law between fields, e.g. `less than slow_window`. */
  readonly law: string | null;
}

export function paramTable(type: new () => object): ParamRow[] {
  const defaults = new type() as Record<string, unknown>;
  return [...fieldsOf(type)].map(([name, spec]) => ({
    name: toSnake(name),
    type: spec.kind,
    range: spec.expected,
    default: defaults[name] ?? null,
    doc: spec.doc,
    law: spec.lessThan === undefined ? null : `less than ${toSnake(spec.lessThan)}`,
  }));
}

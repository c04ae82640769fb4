import { fieldsOf, type FieldSpec } from './fields.js';
import { toSnake } from './names.js';

export type JsonSchema = Record<string, unknown>;

/** JSON Schema (draft 7) of a declared class in the user's spelling, with the defaults of a fresh instance. */
export function jsonSchemaOf(type: new () => object): JsonSchema {
  const defaults = new type() as Record<string, unknown>;
  const properties: JsonSchema = {};
  for (const [name, spec] of fieldsOf(type)) properties[toSnake(name)] = fieldSchema(spec, defaults[name]);
  return { type: 'object', additionalProperties: false, properties };
}

function fieldSchema(spec: FieldSpec, fallback: unknown): JsonSchema {
  const base = { description: spec.doc, ...(fallback === undefined || spec.kind === 'section' ? {} : { default: fallback }) };
  const range = { ...(spec.above === true ? { exclusiveMinimum: spec.min } : { minimum: spec.min }), maximum: spec.max };
  switch (spec.kind) {
    case 'integer':
      return { ...base, type: 'integer', ...range };
    case 'number':
      return { ...base, type: 'number', ...range };
    case 'choice':
      return { ...base, type: 'string', enum: spec.choices };
    case 'text':
      return { ...base, type: 'string', ...(spec.pattern === undefined ? {} : { pattern: spec.pattern.source }) };
    case 'flag':
      return { ...base, type: 'boolean' };
    case 'object':
      return { ...base, type: 'object' };
    case 'section':
      return { ...base, ...jsonSchemaOf(spec.section as new () => object) };
  }
}

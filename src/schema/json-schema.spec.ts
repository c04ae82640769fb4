import { Document } from '../../test/support/declared.js';
import { fieldsOf } from './fields.js';
import { jsonSchemaOf } from './json-schema.js';
import { toSnake } from './names.js';

describe('jsonSchemaOf', () => {
  const schema = jsonSchemaOf(Document) as { properties: Record<string, Record<string, unknown>> };

  it('allows the declared names in the user’s spelling and no other', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(Object.keys(schema.properties)).toEqual([...fieldsOf(Document).keys()].map(toSnake));
  });

  it.each([
    { name: 'symbol', field: { description: 'Market.', type: 'string', pattern: '^[A-Z]+\\/[A-Z]+$' } },
    { name: 'fast_window', field: { description: 'Fast window.', default: 10, type: 'integer', minimum: 1, maximum: 100 } },
    { name: 'side', field: { description: 'Side.', default: 'long', type: 'string', enum: ['long', 'short'] } },
    { name: 'dry_run', field: { description: 'Dry run.', default: true, type: 'boolean' } },
    { name: 'note', field: { description: 'Anything.', type: 'string' } },
    { name: 'params', field: { description: 'Free names.', default: {}, type: 'object' } },
  ])('describes $name', ({ name, field }) => {
    expect(schema.properties[name]).toEqual(field);
  });

  it('nests sections, with their own defaults', () => {
    expect(schema.properties['limits']).toEqual({
      description: 'Limits.',
      type: 'object',
      additionalProperties: false,
      properties: {
        max_position_usd: { description: 'Largest position.', default: 100, type: 'number', exclusiveMinimum: 0, maximum: 1000 },
        max_loss: { description: 'Most that may be lost.', default: 0.5, type: 'number', minimum: 0, maximum: 1 },
      },
    });
  });

  it('can be written as JSON', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});

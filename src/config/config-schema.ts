import { jsonSchemaOf, type JsonSchema } from '../schema/json-schema.js';
import { BotConfig } from './bot-config.js';

/** A strategy as far as the schema cares. */
export interface NamedParams {
  readonly name: string;
  readonly params: new () => object;
}

/** A strategy out of `strategy.path`, whose name no schema can know. */
const OF_A_USER: JsonSchema = { pattern: '^[a-z][a-z0-9_]{0,40}$' };

/** JSON Schema of the settings file; the parameters are checked by the strategy that is named. */
export function configSchema(strategies: readonly NamedParams[]): JsonSchema {
  const schema = jsonSchemaOf(BotConfig);
  const properties = schema['properties'] as Record<string, JsonSchema>;
  const strategy = properties['strategy'];
  const fields = strategy['properties'] as Record<string, JsonSchema>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of the trading bot',
    ...schema,
    properties: {
      $schema: { type: 'string', description: 'Where this schema is; for editors.' },
      ...properties,
      strategy: {
        ...strategy,
        properties: { ...fields, name: { ...fields['name'], anyOf: [{ enum: strategies.map(({ name }) => name) }, OF_A_USER] } },
        allOf: strategies.map(({ name, params }) => ({
          if: { properties: { name: { const: name } }, required: ['name'] },
          // oxlint-disable-next-line unicorn/no-thenable -- the word of JSON Schema; nobody awaits a schema
          then: { properties: { params: jsonSchemaOf(params) } },
        })),
      },
    },
  };
}

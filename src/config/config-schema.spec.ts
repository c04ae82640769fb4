import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { strategyRegistry } from '../../test/support/strategies.js';
import type { JsonSchema } from '../schema/json-schema.js';
import { BotConfig } from './bot-config.js';
import { configSchema } from './config-schema.js';
import { resolveConfig } from './resolve-config.js';
import { readSettingsFile } from './settings-file.js';
import { SETTINGS } from './settings.js';

const SETTINGS_FILE = fileURLToPath(new URL('../../settings/config.json', import.meta.url));
const LIVE_FILE = fileURLToPath(new URL('../../settings/config.live.example.json', import.meta.url));
const SCHEMA_FILE = fileURLToPath(new URL('../../settings/config.schema.json', import.meta.url));
const REFRESH = 'npm run build && node dist/cli config schema > settings/config.schema.json';

const registry = await strategyRegistry();
const schema = configSchema(registry.names().map((name) => registry.get(name)));

/** What the schema says about a path such as `backtest.fee_rate`. */
function at(path: string): JsonSchema {
  return path.split('.').reduce<JsonSchema>((node, key) => (node['properties'] as Record<string, JsonSchema>)[key], schema);
}

describe('settings/config.schema.json', () => {
  it(`is what the registered strategies and settings make of it; refresh it with: ${REFRESH}`, () => {
    expect(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(`${JSON.stringify(schema, null, 2)}\n`);
  });

  it.each(SETTINGS)('documents $path with its default', ({ path, spec, fallback }) => {
    expect(at(path)).toMatchObject({ description: spec.doc, ...(fallback === undefined ? {} : { default: fallback }) });
  });

  it('refuses fields that no setting has, in every section', () => {
    const sections = ['', ...new Set(SETTINGS.map(({ path }) => path.split('.').slice(0, -1).join('.')).filter((path) => path !== ''))];
    for (const section of sections) expect([section, (section === '' ? schema : at(section))['additionalProperties']]).toEqual([section, false]);
  });

  it('offers the registered strategies by name, each with its own parameters', () => {
    expect(at('strategy.name')['anyOf']).toEqual([{ enum: registry.names() }, { pattern: expect.any(String) }]);
    const rules = at('strategy')['allOf'] as { if: { properties: { name: { const: string } } }; then: { properties: { params: { properties: object } } } }[];
    const offered = rules.map((rule) => [rule.if.properties.name.const, Object.keys(rule.then.properties.params.properties)]);
    expect(offered).toEqual(registry.names().map((name) => [name, Object.keys(registry.bind(name, {}).params)]));
  });
});

describe('settings/config.json', () => {
  const { config } = resolveConfig({ name: SETTINGS_FILE, settings: readSettingsFile(SETTINGS_FILE) }, {}, []);

  it('is valid, its strategy and parameters included', () => {
    expect(registry.bind(config.strategy.name, config.strategy.params).params).toMatchObject(config.strategy.params);
  });

  it('trades on paper', () => {
    expect(config.executionMode).toBe('paper');
  });

  it('points editors to the schema that is there', () => {
    const { $schema } = JSON.parse(readFileSync(SETTINGS_FILE, 'utf8')) as { $schema: string };
    expect(existsSync(new URL(`../../settings/${$schema}`, import.meta.url))).toBe(true);
  });
});

describe('settings/config.live.example.json', () => {
  const { config } = resolveConfig({ name: LIVE_FILE, settings: readSettingsFile(LIVE_FILE) }, {}, []);

  it('is valid, trades live, and in nothing risks more than the defaults do', () => {
    const risk = new BotConfig().risk;
    expect(config.executionMode).toBe('live');
    expect(registry.bind(config.strategy.name, config.strategy.params).params).toMatchObject(config.strategy.params);
    for (const limit of ['maxPositionSizeUsd', 'maxOrdersPerHour', 'maxOrdersPerDay', 'maxConsecutiveLosses', 'maxPriceDeviationBps', 'maxSpreadBps', 'maxConsecutiveErrors'] as const) {
      expect([limit, config.risk[limit] > 0 && config.risk[limit] <= risk[limit]]).toEqual([limit, true]);
    }
    expect(config.risk.maxDailyLossUsd).toBeLessThan(config.risk.maxPositionSizeUsd);
  });
});

import { Test } from '@nestjs/testing';
import fc from 'fast-check';

import { StrategyError } from '../../src/domain/errors.js';
import { fieldsOf, type FieldSpec } from '../../src/schema/fields.js';
import { toSnake } from '../../src/schema/names.js';
import { StrategyModule } from '../../src/strategy/strategy.module.js';
import { StrategyRegistry } from '../../src/strategy/strategy.registry.js';
import type { BoundStrategy } from '../../src/strategy/trading-strategy.js';
import { OWN_FOLDER, OWN_TIMEFRAME } from './own-strategies.js';

/** The registry of the application, with every built-in strategy in it, and with one's own where a folder is named. */
export async function strategyRegistry(): Promise<StrategyRegistry> {
  const module = await Test.createTestingModule({ imports: [StrategyModule] }).compile();
  await module.init();
  const registry = module.get(StrategyRegistry);
  registry.load(OWN_FOLDER);
  return registry;
}

/** A strategy with its defaults, or with parameters drawn from what its fields allow. Lengths stay small. */
export function boundStrategies(registry: StrategyRegistry, name: string): fc.Arbitrary<BoundStrategy> {
  const fields = [...fieldsOf(registry.get(name).params)];
  const drawn = fc
    .record(Object.fromEntries(fields.map(([field, spec]) => [toSnake(field), valuesOf(spec)])))
    .map((params) => bindOrNull(registry, name, params))
    .filter((bound) => bound !== null);
  return fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 6, arbitrary: drawn }).map((bound) => bound ?? registry.bind(name, {}, OWN_TIMEFRAME));
}

const WIDEST = 40;

function valuesOf({ kind, min = 0, max = 1, above = false, choices = [] }: FieldSpec): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'integer':
      return fc.integer({ min, max: Math.min(max, min + WIDEST) });
    case 'number':
      return fc.double({ min, max: Math.min(max, min + WIDEST), minExcluded: above, noNaN: true });
    case 'choice':
      return fc.constantFrom(...choices);
    case 'flag':
      return fc.boolean();
    default:
      throw new Error(`No arbitrary for a parameter of kind ${kind}`);
  }
}

/** A law between fields may refuse what every field alone allows. */
function bindOrNull(registry: StrategyRegistry, name: string, params: Record<string, unknown>): BoundStrategy | null {
  try {
    return registry.bind(name, params, OWN_TIMEFRAME);
  } catch (error) {
    if (error instanceof StrategyError && error.code === 'STRATEGY.PARAMS') return null;
    throw error;
  }
}

import type { SymbolConfig } from '../config/symbol-fixtures.js';
import { type Units, units } from '../base/decimal.js';

/** The numbers behind a market's filters. */
export interface SymbolRules {
  tick: Units;
  minPrice: Units;
  maxPrice: Units;
  step: Units;
  minQty: Units;
  maxQty: Units;
  marketMaxQty: Units;
  minNotional: Units;
  maxNotional: Units;
  maxNumOrders: number;
  maxNumAlgoOrders: number;
}

export type RuleChanges = Partial<Record<keyof SymbolRules, string | number>>;

const COUNTS = ['maxNumOrders', 'maxNumAlgoOrders'] as const;
const AMOUNTS = [
  'tick', 'minPrice', 'maxPrice', 'step', 'minQty', 'maxQty', 'marketMaxQty', 'minNotional', 'maxNotional',
] as const;

export function rulesOf(config: SymbolConfig): SymbolRules {
  return {
    tick: units(config.tick),
    minPrice: units(config.minPrice),
    maxPrice: units(config.maxPrice),
    step: units(config.step),
    minQty: units(config.minQty),
    maxQty: units(config.maxQty),
    marketMaxQty: units(config.marketMaxQty),
    minNotional: units(config.minNotional),
    maxNotional: units('9000000'),
    maxNumOrders: 200,
    maxNumAlgoOrders: 5,
  };
}

/** The rules with some of them replaced; unnamed ones stay. */
export function changeRules(rules: SymbolRules, changes: RuleChanges): SymbolRules {
  const changed = { ...rules };
  for (const [name, value] of Object.entries(changes)) {
    const amount = AMOUNTS.find((known) => known === name);
    const count = COUNTS.find((known) => known === name);
    if (amount !== undefined) changed[amount] = units(value);
    else if (count !== undefined) changed[count] = Number(value);
    else throw new Error(`filters: expected one of ${[...AMOUNTS, ...COUNTS].join(', ')}; was ${name}`);
  }
  return changed;
}

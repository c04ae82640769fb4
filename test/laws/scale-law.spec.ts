import fc from 'fast-check';

import { draws } from '../support/draws.js';
import { boundStrategies, strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes } from '../support/tapes.js';

const registry = await strategyRegistry();

describe.each(registry.names())('scale law: %s', (name) => {
  it.each(['1e-8', '1e6'] as const)('says the same when every price is multiplied by %s', (factor) => {
    fc.assert(
      fc.property(boundStrategies(registry, name), tapes(4), fc.integer({ min: 1, max: 1200 }), (strategy, tape, bars) => {
        const scaled = strategy.signals(candlesOf(tape, bars, factor));
        expect(scaled).toEqual(strategy.signals(candlesOf(tape, bars)));
      }),
      draws(50),
    );
  });
});

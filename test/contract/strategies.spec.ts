import fc from 'fast-check';

import { fieldsOf } from '../../src/schema/fields.js';
import { jsonSchemaOf } from '../../src/schema/json-schema.js';
import { candles, fetchedAlone } from '../support/candle-builder.js';
import { OWN_TIMEFRAME } from '../support/own-strategies.js';
import { boundStrategies, strategyRegistry } from '../support/strategies.js';
import { candlesOf, tapes } from '../support/tapes.js';

const registry = await strategyRegistry();

describe.each(registry.names())('every strategy keeps the contract: %s', (name) => {
  const { summary, version, params } = registry.get(name);
  const strategies = boundStrategies(registry, name);

  it('introduces itself in one sentence and has a version', () => {
    expect(summary).toMatch(/^[A-Z].{10,120}\.$/);
    expect(version).toMatch(/^\d+$/);
  });

  it('documents every parameter with a unit or meaning', () => {
    for (const [field, { doc }] of fieldsOf(params)) expect({ field, doc }).toEqual({ field, doc: expect.stringMatching(/^[A-Z].{5,}\.$/) });
  });

  it('has usable defaults, the same in its schema', () => {
    const { properties } = jsonSchemaOf(params) as { properties: Record<string, { default: unknown }> };
    expect(registry.bind(name, {}, OWN_TIMEFRAME).params).toEqual(Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, field.default])));
  });

  it('is bound by its own resolved parameters to the same', () => {
    fc.assert(
      fc.property(strategies, (strategy) => {
        const again = registry.bind(name, strategy.params, OWN_TIMEFRAME);
        expect([again.params, again.warmupBars]).toEqual([strategy.params, strategy.warmupBars]);
      }),
    );
  });

  it('asks for a whole number of warm-up bars', () => {
    fc.assert(fc.property(strategies, ({ warmupBars }) => Number.isInteger(warmupBars) && warmupBars >= 0));
  });

  it('has nothing to say of no candles, of one, or of a market that never moves', () => {
    fc.assert(
      fc.property(strategies, (strategy) => {
        const still = candles({ timeframe: OWN_TIMEFRAME }).flat(100, strategy.warmupBars + 300).build();
        for (const quiet of [still.slice(0, 0), still.slice(0, 1), still]) {
          expect(strategy.frame(quiet).signals.some((signal) => signal !== 0)).toBe(false);
          expect(strategy.signals(quiet).rows).toHaveLength(0);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says nothing while one of its indicators is undefined', () => {
    fc.assert(
      fc.property(strategies, tapes(), (strategy, tape) => {
        const { signals, indicators } = strategy.frame(candlesOf(tape, 300));
        const columns = Object.values(indicators);
        const early = Array.from(signals).filter((signal, row) => signal !== 0 && columns.some((column) => Number.isNaN(column[row])));
        expect(early).toEqual([]);
      }),
    );
  });

  it('is pure: the same answer again, in between other questions, and candles left as they were', () => {
    fc.assert(
      fc.property(strategies, strategies, tapes(), (strategy, other, tape) => {
        const series = candlesOf(tape, 400);
        const before = fetchedAlone(series);
        const first = strategy.frame(series);
        other.frame(series);
        expect(strategy.frame(series)).toEqual(first);
        expect([series.close, series.open, series.volume]).toEqual([before.close, before.open, before.volume]);
      }),
      { numRuns: 40 },
    );
  });
});

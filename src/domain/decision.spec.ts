import fc from 'fast-check';

import { signalColumns } from '../../test/support/arbitraries.js';
import { decide, holdings } from './decision.js';

describe('decide', () => {
  it.each([
    { signal: 1, long: false, decision: 'buy' },
    { signal: 1, long: true, decision: 'hold' },
    { signal: -1, long: true, decision: 'sell' },
    { signal: -1, long: false, decision: 'hold' },
    { signal: 0, long: true, decision: 'hold' },
    { signal: 0, long: false, decision: 'hold' },
  ])('$signal while long is $long: $decision', ({ signal, long, decision }) => {
    expect(decide(signal, long)).toBe(decision);
  });
});

describe('holdings', () => {
  it.each([
    { signals: [0, 1, 0, 0], held: [0, 1, 1, 1], why: 'a buy holds until told otherwise' },
    { signals: [1, 1, -1, -1], held: [1, 1, 0, 0], why: 'repeats change nothing' },
    { signals: [-1, 0, 1], held: [0, 0, 1], why: 'a sell when flat is ignored' },
    { signals: [], held: [], why: 'no bars, nothing held' },
  ])('$why', ({ signals, held }) => {
    expect([...holdings(Int8Array.from(signals))]).toEqual(held);
  });

  it('is the fold of decide', () => {
    fc.assert(
      fc.property(signalColumns(), (column) => {
        let long = false;
        const folded = Array.from(column, (signal) => {
          const decision = decide(signal, long);
          if (decision !== 'hold') long = decision === 'buy';
          return Number(long);
        });
        expect([...holdings(column)]).toEqual(folded);
      }),
    );
  });

  it('is what the last signal that is not zero says', () => {
    fc.assert(
      fc.property(signalColumns(), (column) => {
        const said = Array.from(column, (_, i) => Number(column.slice(0, i + 1).findLast((signal) => signal !== 0) === 1));
        expect([...holdings(column)]).toEqual(said);
      }),
    );
  });
});

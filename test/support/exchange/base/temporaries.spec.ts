import { Temporaries } from './temporaries.js';
import { Timeline } from './timeline.js';

function open(): { set: (value: number, forMs?: number) => void; advance: (ms: number) => void; state: () => number } {
  const timeline = new Timeline();
  let now = 0;
  let state = 0;
  const temporaries = new Temporaries(timeline, () => now);
  return {
    set: (value, forMs) => {
      const before = state;
      temporaries.set('state', value, forMs, (values) => void (state = values.at(-1) ?? before));
    },
    advance: (ms) => {
      const until = now + ms;
      while (timeline.nextMs <= until) {
        now = timeline.nextMs;
        timeline.runNext();
      }
      now = until;
    },
    state: () => state,
  };
}

describe('Temporaries', () => {
  it('return to what was before the first of several that overlap', () => {
    const { set, advance, state } = open();
    set(1, 10);
    advance(5);
    set(2, 10);
    expect(state()).toBe(2);
    advance(5); // the first ends
    expect(state()).toBe(2);
    advance(5);
    expect(state()).toBe(0);
  });

  it('return to one that lasts longer', () => {
    const { set, advance, state } = open();
    set(1, 10);
    set(2, 5);
    advance(5);
    expect(state()).toBe(1);
    advance(5);
    expect(state()).toBe(0);
  });

  it('are forgotten when something lasting is set', () => {
    const { set, advance, state } = open();
    set(1, 10);
    set(7);
    advance(20);
    expect(state()).toBe(7);
    set(8, 10);
    advance(10);
    expect(state()).toBe(7);
  });
});

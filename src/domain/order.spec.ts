import { FINAL_STATES, movesFrom, nextState, ORDER_STATES, signalKeyText, UNMOVED_STATES, UNRESOLVED_STATES, WORKING_STATES } from './order.js';

describe('the states of an order', () => {
  it('are each unresolved, working or final, and nothing else', () => {
    expect([...UNRESOLVED_STATES, ...WORKING_STATES, ...FINAL_STATES].sort()).toEqual([...ORDER_STATES].sort());
  });

  it('end in one of six ways, three of which say that no money moved', () => {
    expect(FINAL_STATES).toEqual(['FILLED', 'CANCELED', 'EXPIRED', 'REFUSED', 'NOT_SENT', 'ABSENT']);
    expect(UNMOVED_STATES.every((state) => FINAL_STATES.includes(state))).toBe(true);
  });

  it('are left only for a state that is allowed', () => {
    for (const from of ORDER_STATES) {
      for (const to of ORDER_STATES) {
        if (movesFrom(from).includes(to)) expect(nextState(from, to)).toBe(to);
        else expect(() => nextState(from, to)).toThrow(expect.objectContaining({ code: 'LEDGER.STATE' }));
      }
    }
  });

  it('declare an order absent only after it was unknown', () => {
    expect(ORDER_STATES.filter((state) => movesFrom(state).includes('ABSENT'))).toEqual(['UNKNOWN']);
  });

  it('never go round in a circle', () => {
    const reach = (state: (typeof ORDER_STATES)[number]): readonly string[] => movesFrom(state).flatMap((next) => [next, ...reach(next)]);
    for (const state of ORDER_STATES) expect(reach(state)).not.toContain(state);
  });

  it('say what is possible when something is not', () => {
    expect(() => nextState('FILLED', 'OPEN')).toThrow('An order that is FILLED cannot become OPEN; it can become nothing else');
  });
});

describe('a signal key', () => {
  it('holds everything that makes one decision differ from another', () => {
    expect(signalKeyText({ botId: 'bot-1', mode: 'paper', symbol: 'BTC/USDT', timeframe: '1h', candleOpenTime: 1704067200000, action: 'buy' })).toBe('bot-1|paper|BTC/USDT|1h|1704067200000|buy');
  });
});

import { paramLegend, paramWords } from './params.js';

describe('paramWords', () => {
  it('look as they are typed, and mark what came from the command line', () => {
    const params = { fast_window: 10, threshold: 1e-12, scale: 1e21, mode: 'fast', empty: '', on: true, none: null, list: [1, 2], off: undefined };
    expect(paramWords(params, ['fast_window'], 68)).toEqual([
      'fast_window=10*',
      'threshold=1e-12',
      'scale=1e21',
      'mode=fast',
      'empty=""',
      'on=true',
      'none=—',
      'list=[1,2]',
      'off=—',
    ]);
  });

  it('keep the mark when they are cut', () => {
    expect(paramWords({ a_very_long_name: 123456 }, ['a_very_long_name'], 12)).toEqual(['a_very_lon…*']);
  });
});

describe('paramLegend', () => {
  it('is there when something is marked', () => {
    expect([paramLegend({ a: 1 }, ['a']), paramLegend({ a: 1 }, ['b'])]).toEqual(['(* from the command line)', null]);
  });
});

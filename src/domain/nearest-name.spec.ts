import { didYouMean, nearestName } from './nearest-name.js';

const NAMES = ['fast_window', 'slow_window', 'stop_loss', 'rsi'];

describe('nearestName', () => {
  it.each([
    { typed: 'fast_windw', nearest: 'fast_window', why: 'a letter left out' },
    { typed: 'fast_windoww', nearest: 'fast_window', why: 'a letter too many' },
    { typed: 'fast_windaw', nearest: 'fast_window', why: 'a letter replaced' },
    { typed: 'fats_window', nearest: 'fast_window', why: 'neighbours swapped' },
    { typed: 'FAST_WINDOW', nearest: 'fast_window', why: 'another case' },
    { typed: 'fastwindow', nearest: 'fast_window', why: 'no underscore' },
    { typed: 'slw_wndow', nearest: 'slow_window', why: 'two letters of nine' },
    { typed: 'ris', nearest: 'rsi', why: 'a swap is one step, not two' },
    { typed: 'stop_loss', nearest: 'stop_loss', why: 'the very name' },
    { typed: 'take_profit', nearest: null, why: 'another word' },
    { typed: 'xxx', nearest: null, why: 'nothing alike' },
    { typed: '', nearest: null, why: 'nothing typed' },
  ])('$typed: $why', ({ typed, nearest }) => {
    expect(nearestName(typed, NAMES)).toBe(nearest);
  });

  it('takes the nearest, and of equally near ones the first', () => {
    expect(nearestName('wind', ['window', 'wand', 'wine', 'wind1'])).toBe('wand');
    expect(nearestName('window', ['windows', 'window'])).toBe('window');
  });

  it('has none without candidates', () => {
    expect(nearestName('anything', [])).toBeNull();
  });
});

describe('didYouMean', () => {
  it('asks with a leading space, or says nothing', () => {
    expect([didYouMean('slow_windo', NAMES), didYouMean('banana', NAMES)]).toEqual([' Did you mean "slow_window"?', '']);
  });
});

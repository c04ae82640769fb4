import { OperatorKillSwitch } from './kill-switch.js';

describe('the kill switch', () => {
  it.each([
    { set: '1', thrown: true }, { set: 'yes', thrown: true }, { set: 'what?', thrown: true }, { set: ' OFF ', thrown: false }, { set: '0', thrown: false }, { set: '', thrown: false }, { set: undefined, thrown: false },
  ])('in the environment is thrown by all but a no: $set', ({ set, thrown }) => {
    expect(new OperatorKillSwitch({ killedBy: () => null }, { TRADING_KILL_SWITCH: set }).isThrown().thrown).toBe(thrown);
  });

  it('names what holds it, and looks at the environment every time', () => {
    const environment: Record<string, string> = {};
    const thrown = new OperatorKillSwitch({ killedBy: () => 'the file KILL' }, environment);
    expect(thrown.isThrown()).toEqual({ thrown: true, by: 'the file KILL' });
    environment['TRADING_KILL_SWITCH'] = '1';
    expect(thrown.isThrown()).toEqual({ thrown: true, by: 'the environment (TRADING_KILL_SWITCH)' });
  });
});

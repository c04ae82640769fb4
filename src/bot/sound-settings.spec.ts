import { resolveConfig } from '../config/resolve-config.js';
import { assertSound } from './sound-settings.js';

const check = (settings: Record<string, unknown>): void => assertSound(resolveConfig({ name: 'test', settings }, {}, []).config);

describe('settings of a bot', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['made-up candles and real money', { execution_mode: 'live', data: { source: 'built-in' } }, 'data.source'],
    ['candles of yesterday and real money', { execution_mode: 'live', data: { offline: true } }, 'data.offline'],
    ['a tick longer than its candle', { timeframe: '1m', execution: { tick_deadline_seconds: 60 } }, 'execution.tick_deadline_seconds'],
  ])('F95 refuse %s', (_, settings, path) => {
    expect(() => check(settings)).toThrow(path);
  });

  it.each([{}, { execution_mode: 'live' }, { data: { source: 'built-in' } }, { timeframe: '1m' }])('take %j', (settings) => {
    expect(() => check(settings)).not.toThrow();
  });
});

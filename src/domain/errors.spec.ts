import { CandleDataError, ConfigError, ExchangeRefused, ExchangeUnavailable, StorageError, StrategyError, TradingBotError } from './errors.js';

describe('errors', () => {
  it.each([
    { error: new ConfigError([]), name: 'ConfigError', code: 'CONFIG.INVALID', exitCode: 2, retryable: false },
    { error: new StrategyError('STRATEGY.UNKNOWN', 'x'), name: 'StrategyError', code: 'STRATEGY.UNKNOWN', exitCode: 2, retryable: false },
    { error: new CandleDataError('DATA.STALE', 'x'), name: 'CandleDataError', code: 'DATA.STALE', exitCode: 2, retryable: false },
    { error: new StorageError('STORAGE.WRITE', 'x'), name: 'StorageError', code: 'STORAGE.WRITE', exitCode: 1, retryable: false },
    { error: new ExchangeUnavailable('x'), name: 'ExchangeUnavailable', code: 'EXCHANGE.UNAVAILABLE', exitCode: 1, retryable: true },
    { error: new ExchangeRefused('x'), name: 'ExchangeRefused', code: 'EXCHANGE.REFUSED', exitCode: 1, retryable: false },
  ])('$name says its code, its exit code and whether to try again', ({ error, ...expected }) => {
    expect(error).toBeInstanceOf(TradingBotError);
    expect(error).toMatchObject(expected);
  });

  it('keep their cause', () => {
    const cause = new Error('disk full');
    expect(new StorageError('STORAGE.WRITE', 'Cannot write', { cause }).cause).toBe(cause);
  });

  it('list every problem of a configuration with its path', () => {
    const problems = [
      { path: 'risk.max_position_size_usd', message: 'must be a number above 0, was -1' },
      { path: '', message: 'must be an object, was 5' },
    ];
    expect(new ConfigError(problems).message).toBe(
      'Invalid configuration:\n  - risk.max_position_size_usd: must be a number above 0, was -1\n  - must be an object, was 5',
    );
    expect(new ConfigError([], 'Wrong flags').message).toMatch(/^Wrong flags:/);
  });
});

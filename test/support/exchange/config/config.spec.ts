import { resolveConfig } from './config.js';

describe('resolveConfig', () => {
  it('gives every setting a default', () => {
    const settings = resolveConfig({});
    expect(settings.now).toBe(1_700_000_000_000);
    expect(settings.keys[0]).toMatchObject({ key: 'K'.repeat(64), secret: 'S'.repeat(64), active: true });
    expect(settings.symbols.map(({ symbol }) => symbol)).toEqual([
      'BTCUSDT', 'ETHUSDT', 'BNBUSDT', 'DOGEUSDT', 'ETHBTC', 'DUSTUSDT',
    ]);
    expect(settings.feed.BTCUSDT).toEqual({ start: '50000', stepMs: 60_000, volBps: 20, script: [], historyMs: 0 });
  });

  it('merges objects key by key', () => {
    const settings = resolveConfig({
      limits: { ban: { firstSec: 5 } },
      lag: { order: 100 },
      feed: { BTCUSDT: { volBps: 0 } },
      keys: [{ restrictions: { enableWithdrawals: true } }],
    });
    expect(settings.limits).toMatchObject({ weightPerMin: 6000, ban: { after429: 10, firstSec: 5, maxSec: 259_200 } });
    expect(settings.lag).toMatchObject({ order: 100, account: 0 });
    expect(settings.feed.BTCUSDT).toMatchObject({ start: '50000', volBps: 0 });
    expect(settings.keys[0].restrictions).toEqual({ enableWithdrawals: true, ipRestrict: true });
  });

  it('replaces lists and balances', () => {
    const settings = resolveConfig({ symbols: ['DUSTUSDT'], balances: { DUST: '3' } });
    expect(settings.symbols).toHaveLength(1);
    expect(settings.balances).toEqual({ DUST: '3' });
    expect(Object.keys(settings.feed)).toEqual(['DUSTUSDT']);
  });

  it.each([
    [{ sed: 1 }, 'sed: unknown setting'],
    [{ limits: { weight: 1 } }, 'limits.weight: unknown setting'],
    [{ symbols: ['XRPUSDT'] }, 'symbols: expected one of BTCUSDT'],
    [{ symbols: ['BTCUSDT'], feed: { ETHUSDT: {} } }, 'feed.ETHUSDT: expected a configured symbol'],
    [{ feed: { BTCUSDT: { stepMs: 0 } } }, 'feed.BTCUSDT.stepMs: expected whole ms above 0'],
    [{ timeScale: 0 }, 'timeScale: expected more than 0'],
  ])('refuses %j', (config, message) => {
    expect(() => resolveConfig(config as object)).toThrow(message);
  });
});

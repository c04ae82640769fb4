import { caught } from '../../test/support/caught.js';
import { SafetyHalt } from '../domain/errors.js';
import { Secret } from '../domain/secret.js';
import { DAY_MS } from '../domain/timeframe.js';
import type { KeyPermissions } from '../exchange/trading-client.js';
import { assertLive, assertPermitted, judgePermissions, missingLiveKeys, type LiveRequest } from './live-keys.js';

const NOW = Date.UTC(2026, 0, 1);
const apiKey = Secret.of('canary-key-0001');
const secret = Secret.of('canary-secret-0001');

const complete: LiveRequest = { executionMode: 'live', exchange: 'binance', env: { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money' }, credentials: { apiKey, secret, password: null } };
const good: KeyPermissions = { canTrade: true, canWithdraw: false, canTransfer: false, ipRestricted: true, tradingExpiresAt: NOW + 30 * DAY_MS };

describe('the three keys of live trading', () => {
  it('are all there: the account may be entered', () => {
    expect(missingLiveKeys(complete)).toEqual([]);
    expect(assertLive(complete)).toEqual({ apiKey, secret, password: null });
  });

  it.each<[string, Partial<LiveRequest>, string, RegExp]>([
    ['the settings', { executionMode: 'paper' }, 'LIVE.NOT_CONFIGURED', /execution_mode is "paper" in the settings; live trading needs "live"/],
    ['the acknowledgement', { env: {} }, 'LIVE.NOT_ACKNOWLEDGED', /LIVE_TRADING_ACKNOWLEDGED is not set in the environment; real money needs LIVE_TRADING_ACKNOWLEDGED=yes-real-money/],
    ['the right word of it', { env: { LIVE_TRADING_ACKNOWLEDGED: 'yes' } }, 'LIVE.NOT_ACKNOWLEDGED', /is set to something else/],
    ['the key', { credentials: { apiKey: null, secret, password: null } }, 'LIVE.KEY_MISSING', /BINANCE_API_KEY is not set in the environment, nor BINANCE_API_KEY_FILE/],
    ['the secret', { credentials: { apiKey, secret: null, password: null } }, 'LIVE.KEY_MISSING', /BINANCE_API_SECRET is not set/],
    ['the key of another exchange', { exchange: 'kraken', credentials: { apiKey: null, secret, password: null } }, 'LIVE.KEY_MISSING', /KRAKEN_API_KEY is not set/],
  ])('lack %s: refused with exit code 3, saying so', (_, lacking, code, says) => {
    const request = { ...complete, ...lacking };
    const error = caught(SafetyHalt, () => assertLive(request));
    expect([error.code, error.exitCode]).toEqual([code, 3]);
    expect(error.message).toMatch(says);
    expect(missingLiveKeys(request).map((missing) => missing.code)).toEqual([code]);
    expect(error.message).not.toContain('canary');
  });

  it.each(['Yes-real-money', 'yes-real-money ', 'true', '1', 'yes real money'])('are not turned by the word %j', (word) => {
    expect(missingLiveKeys({ ...complete, env: { LIVE_TRADING_ACKNOWLEDGED: word } })).toHaveLength(1);
  });

  it('are named all at once', () => {
    const error = caught(SafetyHalt, () => assertLive({ executionMode: 'paper', exchange: 'binance', env: {}, credentials: { apiKey: null, secret: null, password: null } }));
    expect(error.message.match(/^ {2}- /gm)).toHaveLength(4);
    expect(error.code).toBe('LIVE.NOT_CONFIGURED');
  });
});

describe('S05 what the exchange says of a key', () => {
  it('is nothing to speak of when it can trade, and nothing else, from one address', () => {
    expect(judgePermissions(good, NOW)).toEqual([]);
  });

  it.each<[string, Partial<KeyPermissions>, string, string]>([
    ['F82 can withdraw', { canWithdraw: true }, 'LIVE.WITHDRAWALS_ALLOWED', 'halt'],
    ['cannot trade', { canTrade: false }, 'LIVE.TRADING_NOT_ALLOWED', 'halt'],
    ['has ended', { tradingExpiresAt: NOW }, 'LIVE.KEY_EXPIRED', 'halt'],
    ['ends within a week', { tradingExpiresAt: NOW + 7 * DAY_MS - 1 }, 'LIVE.KEY_EXPIRES', 'nothing'],
    ['can transfer', { canTransfer: true }, 'LIVE.TRANSFERS_ALLOWED', 'nothing'],
    ['works from everywhere', { ipRestricted: false }, 'LIVE.NOT_IP_BOUND', 'nothing'],
    ['may do nobody knows what', { canTrade: null, canWithdraw: null, canTransfer: null, ipRestricted: null, tradingExpiresAt: null }, 'LIVE.PERMISSIONS_UNKNOWN', 'nothing'],
  ])('a key that %s: %s', (_, told, code, stops) => {
    expect(judgePermissions({ ...good, ...told }, NOW)).toEqual([{ code, stops, message: expect.stringMatching(/^[A-Z].{20,}/) }]);
  });

  it('is enough until a week before the end, and where there is none', () => {
    expect(judgePermissions({ ...good, tradingExpiresAt: NOW + 7 * DAY_MS }, NOW)).toEqual([]);
    expect(judgePermissions({ ...good, tradingExpiresAt: null }, NOW)).toEqual([]);
  });

  it('F82 refuses a key that can withdraw, unless the owner says that it is wanted, and then still tells', () => {
    const { code, exitCode, message } = caught(SafetyHalt, () => assertPermitted({ ...good, canWithdraw: true, canTrade: false }, NOW, { LIVE_ALLOW_WITHDRAWALS: 'yes' }));
    expect([code, exitCode, message.match(/^ {2}- /gm)?.length]).toEqual(['LIVE.WITHDRAWALS_ALLOWED', 3, 2]);
    expect(assertPermitted({ ...good, canWithdraw: true }, NOW, { LIVE_ALLOW_WITHDRAWALS: 'yes-i-know' })).toMatchObject([{ code: 'LIVE.WITHDRAWALS_OVERRIDDEN', stops: 'nothing' }]);
    expect(() => assertPermitted({ ...good, canTrade: false }, NOW, { LIVE_ALLOW_WITHDRAWALS: 'yes-i-know' })).toThrow(SafetyHalt);
  });
});

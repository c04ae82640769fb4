import { signalKeyText, type SignalKey } from '../domain/order.js';
import { clientOrderIdOf } from './client-order-id.js';

const KEY: SignalKey = { botId: 'bot-1', mode: 'live', symbol: 'BTC/USDT', timeframe: '1h', candleOpenTime: 1_704_067_200_000, action: 'buy' };

describe('a client order id', () => {
  // printf 'bot-1|live|BTC/USDT|1h|1704067200000|buy#1' | openssl dgst -sha256 -binary | base32 | tr A-Z a-z | cut -c1-26
  it.each([
    { key: KEY, attempt: 1, id: 'tb-twgvgfxs53pi3ceacdgl2snthm' },
    { key: KEY, attempt: 2, id: 'tb-pha4l6ezuz3kpejxnrxqxk4tfa' },
    { key: { ...KEY, action: 'sell' } as const, attempt: 1, id: 'tb-63upquh3mv4hx33mrtlbn7ofzx' },
  ])('of attempt $attempt to $key.action is $id, today and for ever', ({ key, attempt, id }) => {
    expect(clientOrderIdOf(key, attempt)).toBe(id);
    expect(clientOrderIdOf(signalKeyText(key), attempt)).toBe(id);
  });

  it('is 29 characters that every exchange takes, and another for every bar, side and attempt', () => {
    const ids = Array.from({ length: 2000 }, (_, n) => clientOrderIdOf({ ...KEY, candleOpenTime: n * 3_600_000, action: n % 2 === 0 ? 'buy' : 'sell' }, 1 + (n % 3)));
    for (const id of ids) expect(id).toMatch(/^tb-[a-z2-7]{26}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { FakeBinance } from '../fake-binance.js';
import { getJson } from '../requests.js';
import type { Verdict } from './assertions.js';
import type { BotDecision } from './bot-export.js';

const SYMBOL = { symbol: 'BTCUSDT' };
const MINUTE = 60_000;

describe('closedCandleOnly', () => {
  /** The decision of a bot that took the newest closed minute. */
  function decide(exchange: FakeBinance, change: Partial<BotDecision> = {}): BotDecision {
    const rows = getJson(exchange, '/api/v3/klines', { ...SYMBOL, interval: '1m' }) as [number, ...string[]][];
    const [candleOpenTime, open, high, low, close, volume] = rows[rows.length - 2];
    const candle = { open, high, low, close, volume };
    return { signalKey: 's', symbol: 'BTC/USDT', timeframe: '1m', candleOpenTime, decidedAt: exchange.now, candle, action: 'BUY', ...change };
  }
  const walking = (): FakeBinance => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], feed: { BTCUSDT: { historyMs: 10 * MINUTE } } });
    exchange.advance(5 * MINUTE);
    return exchange;
  };
  const verdict = (exchange: FakeBinance, decision: BotDecision, window?: number): string[] =>
    (exchange.control({ command: 'assert', name: 'closedCandleOnly', args: { decisions: [decision], window } }) as Verdict).problems;

  it('takes a decision on the newest closed candle', () => {
    const exchange = walking();
    expect(verdict(exchange, decide(exchange), 10)).toEqual([]);
  });

  it('sees a decision on a candle that was not closed', () => {
    const exchange = walking();
    const { candleOpenTime } = decide(exchange);
    expect(verdict(exchange, decide(exchange, { decidedAt: candleOpenTime + MINUTE - 1 }))[0]).toMatch(/^decision s: candle closes at/);
  });

  it('sees numbers that were not the final ones', () => {
    const exchange = walking();
    const decision = decide(exchange);
    decision.candle.close = '1';
    expect(verdict(exchange, decision)).toEqual(['decision s: expected the final close of the candle; was 1']);
  });

  it('sees an entry that came too late; exits may', () => {
    const exchange = walking();
    const { candleOpenTime } = decide(exchange);
    const decidedAt = candleOpenTime + 3 * MINUTE;
    expect(verdict(exchange, decide(exchange, { decidedAt }))[0]).toMatch(/expected an entry by/);
    expect(verdict(exchange, decide(exchange, { decidedAt, action: 'SELL' }))).toEqual([]);
  });

  it('sees candles missing in the window', () => {
    const exchange = walking();
    expect(verdict(exchange, decide(exchange), 40)[0]).toMatch(/of the last 40 candles do not exist$/);
    expect(verdict(exchange, decide(exchange, { candleOpenTime: 0, decidedAt: 70_000 }))).toContain('decision s: no 1m candle opens at 0');
  });
});

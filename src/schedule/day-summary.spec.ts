import { webhookBody } from '../notify/formats.js';
import { summaryNotice } from '../notify/events.js';
import { nextSummaryAt, summaryOf } from './day-summary.js';

const at = (text: string): number => Date.parse(`${text}Z`);

describe('nextSummaryAt', () => {
  it.each([
    ['2026-01-02T03:00:00', 0, '2026-01-03T00:00:00'],
    ['2026-01-02T00:00:00', 0, '2026-01-03T00:00:00'],
    ['2026-01-01T23:59:59.999', 0, '2026-01-02T00:00:00'],
    ['2026-01-02T07:59:00', 8, '2026-01-02T08:00:00'],
    ['2026-01-02T08:00:00', 8, '2026-01-03T08:00:00'],
    ['2026-12-31T23:30:00', 23, '2027-01-01T23:00:00'],
  ])('after %s at %i o’clock it is %s', (now, hour, next) => {
    expect(new Date(nextSummaryAt(at(now), hour)).toISOString()).toBe(new Date(at(next)).toISOString());
  });
});

describe('summaryOf', () => {
  it('asks the ledger for the UTC day before, and rounds money for people', async () => {
    const asked: unknown[] = [];
    const trades = {
      pnl: async (filter: unknown) => {
        asked.push(filter);
        return Promise.resolve([{ mode: 'paper' as const, quoteAsset: 'USDT', group: 'total', realised: '-1.23456', fees: {}, fills: 4 }]);
      },
      positions: async (filter: unknown) => {
        asked.push(filter);
        const position = { botId: 'bot-1', mode: 'paper' as const, exchange: 'binance', symbol: 'BTC/USDT', baseAsset: 'BTC', quoteAsset: 'USDT', quantity: '0.5', cost: '50', realised: '0', fees: {}, holding: 'open' as const, price: '110', priceAt: 'candle' as const, unrealised: '5.005' };
        return Promise.resolve([position, { ...position, symbol: 'ETH/USDT', holding: 'dust' as const }]);
      },
    };
    const book = { botId: 'bot-1', mode: 'paper' as const };
    const summary = await summaryOf(trades, book, at('2026-01-02T08:00:01'), { ticks: 24, skipped: 1, level: 'ACTIVE' });
    expect(asked).toEqual([{ ...book, fromMs: at('2026-01-01T00:00:00'), toMs: at('2026-01-02T00:00:00') }, book]);
    const { title, facts } = JSON.parse(webhookBody(summaryNotice({ botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h' }, 0, summary))) as { title: string; facts: unknown };
    expect(title).toBe('The day: 4 fills, -1.23 USDT realised');
    expect(facts).toEqual({ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', held: '0.5 of BTC/USDT, 5 USDT unrealised', ticks: '24, 1 of them could not be done', state: 'ACTIVE' });
  });

  it('says nothing where there was nothing', () => {
    const empty = { fromMs: 0, toMs: 1, fills: 0, realised: [], positions: [], ticks: 24, skipped: 0, level: 'HALTED' };
    expect(summaryNotice({ botId: 'b', mode: 'paper', market: 'm' }, 0, empty)).toMatchObject({ weight: 'warning', title: 'The day: 0 fills, nothing realised' });
  });
});

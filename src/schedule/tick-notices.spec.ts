import { aReport, anOrder } from '../../test/support/notify/reports.js';
import type { TickReport } from '../bot/tick-report.js';
import type { Finding } from '../domain/finding.js';
import { TickNotices } from './tick-notices.js';

const TELLER = { botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h' };
const BURST = 3;
const mismatch: Finding = { code: 'RECONCILE.MISMATCH', message: 'the wallet has less', stops: 'no_entries' };
const skipped = aReport({ outcome: 'skipped', reason: 'EXCHANGE.UNAVAILABLE', message: 'no answer', position: null, bar: null });
const open = { holding: 'open', quantity: '0.5' } as const;

/** What each of the ticks makes a person hear, in order. */
function heard(...reports: TickReport[]): string[][] {
  const notices = new TickNotices(TELLER, BURST);
  return reports.map((report) => notices.of(report).map(({ kind, weight, title }) => `${kind} ${weight}: ${title}`));
}

describe('TickNotices', () => {
  it('says nothing of quiet ticks, of refusals and of findings that are no doubts', () => {
    const closed: Finding = { code: 'MARKET.CLOSED', message: 'no orders', stops: 'no_orders' };
    expect(heard(aReport(), aReport({ outcome: 'refused', reason: 'RISK.MAX_POSITION' }), aReport({ findings: [closed] }), aReport())).toEqual([[], [], [], []]);
  });

  it('tells every order that was filled, once, and again when more of it is', () => {
    const order = anOrder({ executedQuantity: '0.2' });
    const traded = { outcome: 'traded', reason: 'SIGNAL.BUY', position: open } as const;
    expect(heard(aReport({ order: anOrder({ executedQuantity: '0', averagePrice: null }), outcome: 'unfilled' }), aReport({ ...traded, order }), aReport({ ...traded, order }), aReport({ ...traded, order: anOrder() }), aReport({ ...traded, order: anOrder({ clientOrderId: 'tb-b', side: 'sell', averagePrice: null }) }))).toEqual([
      [],
      ['trade warning: Bought 0.2 of 0.5 at 100'],
      [],
      ['trade info: Bought 0.5 at 100'],
      ['trade info: Sold 0.5'],
    ]);
  });

  it('tells of a position that a settled order has changed, and not of one that it finds at the start', () => {
    expect(heard(aReport({ position: open, changes: 2 }), aReport({ position: open, changes: 1 }), aReport({ position: null, changes: 0 }), aReport({ changes: 1 }))).toEqual([[], [], [], ['trade warning: An earlier order is settled: the position went from 0.5 to flat']]);
  });

  it('tells when the bot halts, why, and when it goes on; not in between', () => {
    const halted = aReport({ level: 'HALTED', outcome: 'halted', reason: 'RISK.DAILY_LOSS', message: 'lost 51, at most 50' });
    const notices = new TickNotices(TELLER, BURST);
    expect(notices.of(halted)).toEqual([{ ...TELLER, kind: 'halt', weight: 'alarm', at: halted.at, title: 'HALTED: no order is sent until a person resumes', facts: [{ label: 'code', value: 'RISK.DAILY_LOSS' }, { label: 'why', value: 'lost 51, at most 50' }] }]);
    expect(notices.of(halted)).toEqual([]);
    expect(heard(halted, aReport({ level: 'REDUCING' }), aReport({ level: 'REDUCING' }), aReport())).toEqual([[expect.any(String)], ['halt warning: REDUCING: no entries, exits only'], [], ['halt good: ACTIVE again, after REDUCING']]);
  });

  it('gives the finding that halts as the reason for it', () => {
    const finding: Finding = { code: 'MARKET.GONE', message: 'no longer traded', stops: 'halt' };
    expect(new TickNotices(TELLER, BURST).of(aReport({ level: 'HALTED', outcome: 'halted', reason: 'RISK.HALTED', findings: [finding] }))[0].facts).toEqual([{ label: 'code', value: 'MARKET.GONE' }, { label: 'why', value: 'no longer traded' }]);
  });

  it('tells of a mismatch when it begins, when another comes, and when it is over; a tick that could not look changes nothing', () => {
    const other: Finding = { code: 'ORDER.UNKNOWN', message: 'nobody knows', stops: 'no_orders' };
    const title = 'mismatch alarm: Ledger and account do not agree';
    expect(heard(aReport({ findings: [mismatch] }), aReport({ findings: [mismatch] }), skipped, aReport({ findings: [mismatch, other] }), aReport({ findings: [mismatch] }), aReport(), aReport())).toEqual([[title], [], [], [title], [], ['mismatch good: Ledger and account agree again'], []]);
  });

  it('takes an order whose outcome is not known for a mismatch at once', () => {
    expect(heard(aReport({ outcome: 'unknown', reason: 'ORDER.UNKNOWN', order: anOrder({ state: 'UNKNOWN', executedQuantity: '0' }) }))).toEqual([['mismatch alarm: Ledger and account do not agree']]);
  });

  it('tells of a burst of errors once, and when it is over; fewer are not worth it', () => {
    expect(heard(skipped, skipped, aReport(), skipped, skipped, skipped, skipped, aReport(), aReport())).toEqual([[], [], [], [], [], ['errors warning: 3 ticks in a row could not be done'], [], ['errors good: Ticks are done again, after 4 that were not'], []]);
  });
});

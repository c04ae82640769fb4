import type { Notice } from '../../../src/notify/notice.js';

/** A notice to send, for tests that are not about its words. */
export function aNotice(changes: Partial<Notice> = {}): Notice {
  return { kind: 'trade', weight: 'info', at: Date.UTC(2026, 0, 2, 3, 4, 5), botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h', title: 'Bought 0.5 at 100', facts: [{ label: 'reason', value: 'SIGNAL.BUY' }], ...changes };
}

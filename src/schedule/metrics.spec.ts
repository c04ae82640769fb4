import { readFileSync } from 'node:fs';

import { aReport, anOrder } from '../../test/support/notify/reports.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import type { TickReport } from '../bot/tick-report.js';
import { Metrics } from './metrics.js';
import { StatusBoard } from './status-board.js';

interface Bench {
  readonly clock: VirtualClock;
  readonly metrics: Metrics;
  see(changes: Partial<TickReport>): void;
  lines(): Promise<string[]>;
}

function bench(weight: number | null = 0.25): Bench {
  const clock = new VirtualClock();
  const board = new StatusBoard(clock, 1000);
  const metrics = new Metrics({ teller: { botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h' }, strategy: 'sma_cross', board, weightUsed: () => weight, pendingMessages: () => 3 });
  return {
    clock,
    metrics,
    see: (changes) => {
      board.see(aReport(changes));
      metrics.see(aReport(changes));
    },
    lines: async () => (await metrics.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#')),
  };
}

describe('Metrics', () => {
  it('counts ticks by outcome and by reason, orders by side and state, and halts', async () => {
    const { see, lines } = bench();
    see({});
    see({ outcome: 'traded', reason: 'SIGNAL.BUY', order: anOrder() });
    see({ outcome: 'unknown', reason: 'ORDER.UNKNOWN', order: anOrder({ side: 'sell', state: 'UNKNOWN' }) });
    for (const level of ['HALTED', 'HALTED', 'ACTIVE', 'HALTED'] as const) see({ level, outcome: level === 'HALTED' ? 'halted' : 'held' });
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'trading_bot_ticks_total{outcome="held"} 2',
        'trading_bot_ticks_total{outcome="traded"} 1',
        'trading_bot_ticks_total{outcome="halted"} 3',
        'trading_bot_tick_reasons_total{reason="HOLD.NEUTRAL"} 5',
        'trading_bot_tick_reasons_total{reason="SIGNAL.BUY"} 1',
        'trading_bot_orders_total{side="buy",state="FILLED"} 1',
        'trading_bot_orders_total{side="sell",state="UNKNOWN"} 1',
        'trading_bot_halts_total 2',
        'trading_bot_level 2',
        'trading_bot_tick_duration_seconds_count 7',
        'trading_bot_tick_duration_seconds_bucket{le="0.02"} 7',
        'trading_bot_info{bot_id="bot-1",mode="paper",market="BTC/USDT 1h",strategy="sma_cross"} 1',
      ]),
    );
  });

  it('shows what is held, what it is worth, how long ago the last tick was, and how much of the exchange is used', async () => {
    const { see, lines, clock } = bench();
    see({ position: { holding: 'open', quantity: '0.5' }, quoteInAccount: '950.25', findings: [{ code: 'X', message: '', stops: 'no_entries' }, { code: 'Y', message: '', stops: 'nothing' }] });
    await clock.sleep(90_000);
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'trading_bot_position_coins 0.5',
        'trading_bot_position_value_quote 50',
        'trading_bot_equity_quote 1000.25',
        'trading_bot_last_close_quote 100',
        'trading_bot_findings 1',
        'trading_bot_seconds_since_last_tick 90',
        'trading_bot_exchange_weight_ratio 0.25',
        'trading_bot_pending_messages 3',
      ]),
    );
  });

  it('shows no number where there is none', async () => {
    const { see, lines } = bench(null);
    const shown = async (): Promise<string[]> => (await lines()).filter((line) => /^trading_bot_(level|findings|position|equity|last_close|exchange_weight)/.test(line));
    expect(await shown()).toEqual([]);
    see({ position: { holding: 'open', quantity: '0.5' }, quoteInAccount: '1' });
    expect((await shown()).length).toBe(6);
    see({ outcome: 'skipped', position: null, bar: null });
    expect(await shown()).toEqual(['trading_bot_level 0', 'trading_bot_findings 0']);
  });

  it('keeps the number of series within bounds, however many reasons there are', async () => {
    const { see, lines } = bench();
    for (let i = 0; i < 300; i++) see({ reason: `X.${i}` });
    const reasons = (await lines()).filter((line) => line.startsWith('trading_bot_tick_reasons_total'));
    expect(reasons).toHaveLength(101);
    expect(reasons).toContain('trading_bot_tick_reasons_total{reason="OTHER"} 200');
  });

  it('shows the memory of the process and the lag of its event loop', async () => {
    const names = bench().metrics.names();
    expect(names).toEqual(expect.arrayContaining(['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds']));
  });

  it('is described in docs/MONITORING.md, every one of ours', () => {
    const described = [...readFileSync('docs/MONITORING.md', 'utf8').matchAll(/^\| `(trading_bot_[a-z_]+)` \|/gm)].map(([, name]) => name);
    expect(described.sort()).toEqual(bench().metrics.names().filter((name) => name.startsWith('trading_bot_')).sort());
  });
});

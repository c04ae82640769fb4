import { candles } from '../../test/support/candle-builder.js';
import { PaperBench } from '../../test/support/bot/paper-bench.js';
import { scripted } from '../../test/support/bot/scripted-strategy.js';
import { jsonOf, levelOf, lineOf } from './tick-report.js';

const START = Date.UTC(2024, 0, 1);
const market = candles({ startMs: START }).flat(100, 20).build();

describe('the report of a tick', () => {
  it('is one line that says what was seen, what was done, and what is held', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1, 6: 1 }));
    const [bought, held] = await bot.ticks(5, 6);
    expect(lineOf(bought)).toBe('BTC/USDT 1h bar 2024-01-01 05:00 close 100 says buy (close 100.00000, idle -): buy 0.9998 at 100.02 FILLED, traded (SIGNAL.BUY); long 0.9988002; 0 ms');
    expect(lineOf(held)).toBe('BTC/USDT 1h bar 2024-01-01 06:00 close 100 says buy (close 100.00000, idle -): nothing to do (HOLD.ALREADY_LONG); long 0.9988002; 0 ms');
    expect([levelOf(bought), levelOf(held), levelOf(await bot.tick(6, 600_000))]).toEqual(['log', 'log', 'debug']);
  });

  it('says in one line why nothing could be done, and is a warning then', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }), { killed: () => true });
    const report = await bot.tick(5);
    expect(lineOf(report)).toMatch(/HALTED \(RISK\.KILL_SWITCH: .*\); flat; HALTED; \d+ ms$/);
    expect([levelOf(report), lineOf(report).includes('\n')]).toEqual(['error', false]);
  });

  it('has a form for programs, with names as users spell them', async () => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    expect(JSON.parse(JSON.stringify(jsonOf(await bot.tick(5))))).toMatchObject({
      at: START + 6 * 3_600_000 + 5000,
      bot_id: 'bot-1',
      mode: 'paper',
      outcome: 'traded',
      reason: 'SIGNAL.BUY',
      decision: 'buy',
      bar: { open_time_iso: '2024-01-01T05:00:00.000Z', close: 100, signal: 1, indicators: { close: 100, idle: null } },
      order: { side: 'buy', state: 'FILLED', quantity: '0.9998', executed_quantity: '0.9998', average_price: '100.02', attempt: 1 },
      position: { holding: 'open', quantity: '0.9988002' },
      level: 'ACTIVE',
    });
  });
});

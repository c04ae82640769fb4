import { TRACE_POINTS, type TracePoint } from '../../../src/execution/recording-executor.js';
import { exportLedger } from '../../../src/persistence/export-ledger.js';
import { brief } from '../../support/bot/paper-bench.js';
import type { BotLedger } from '../../support/exchange/oracle/bot-export.js';
import { LiveBench } from '../../support/bot/live-bench.js';
import { scripted } from '../../support/bot/scripted-strategy.js';
import { hour } from '../../support/market-data-bench.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const strategy = scripted(hour(0), { 0: 1, 3: -1 });

class Crash extends Error {}

/** A process that dies once, at this point of its next order. */
function dyingAt(point: TracePoint): (at: TracePoint) => void {
  let alive = true;
  return (at) => {
    if (at !== point || !alive) return;
    alive = false;
    throw new Crash(point);
  };
}

const MEANING: Readonly<Record<TracePoint, string>> = {
  'before intent': 'F57 before the intent is committed',
  'intent committed': 'F58 between the intent and the order',
  executed: 'F60 after the reply and before its outcome is committed',
  'outcome committed': 'F61 after the outcome is committed',
};

describe('a bot that is killed in the middle of an order', () => {
  it.each(TRACE_POINTS.flatMap((point) => [['entry', point] as const, ['exit', point] as const]).map(([what, point]) => [MEANING[point], what, point] as const))('%s of an %s, and started again: one order, and the ledger equals the exchange', async (_, what, point) => {
    const bot = await LiveBench.open(inFolder(), strategy);
    const at = what === 'entry' ? 0 : 3;
    if (what === 'exit') expect(brief(await bot.tick(0))).toBe('traded SIGNAL.BUY');
    const before = bot.posts;
    await bot.restart(strategy, { trace: dyingAt(point) });
    await expect(bot.tick(at)).rejects.toBeInstanceOf(Crash);
    // Two looks of the next process, the second long after every quarantine; a way out that never arrived is taken then.
    await bot.restart(strategy);
    await bot.tick(at, 20_000);
    await bot.tick(at, 120_000);
    await bot.tick(at, 180_000);
    const executed = point === 'intent committed' && what === 'entry' ? 0 : 1;
    expect(bot.posts - before).toBe(executed);
    const held = (await bot.parts.trades.position(bot.parts.bot.book)).holding;
    expect(held).toBe(what === 'entry' && executed === 1 ? 'open' : what === 'entry' ? 'flat' : 'dust');
    expect(await bot.parts.orders.unresolved(bot.parts.bot.book)).toEqual([]);
    await expectEqualLedgers(bot);
  });

  it('F59 while the order is under way, and it was executed: found, booked once', async () => {
    const bot = await LiveBench.open(inFolder(), strategy);
    bot.exchange.control({ command: 'faults', rules: [{ match: { method: 'POST', path: '^/api/v3/order$' }, times: 1, phase: 'after', effect: { type: 'reset' } }] });
    await bot.restart(strategy, { trace: dyingAt('executed') });
    await expect(bot.tick(0)).rejects.toBeInstanceOf(Crash);
    await bot.restart(strategy);
    await bot.tick(0, 20_000);
    expect([bot.posts, (await bot.parts.trades.position(bot.parts.bot.book)).holding]).toEqual([1, 'open']);
    await expectEqualLedgers(bot);
  });

  it('F66 recovery done twice changes nothing the second time', async () => {
    const bot = await LiveBench.open(inFolder(), strategy);
    await bot.restart(strategy, { trace: dyingAt('executed') });
    await expect(bot.tick(0)).rejects.toBeInstanceOf(Crash);
    await bot.restart(strategy);
    expect((await bot.parts.reconciler.reconcile(bot.clock.now())).changes).toBeGreaterThan(0);
    const once = await rowsOf(bot);
    await bot.restart(strategy);
    expect((await bot.parts.reconciler.reconcile(bot.clock.now())).changes).toBe(0);
    expect(await rowsOf(bot)).toEqual(once);
  });
});

/** Every execution of the exchange is in the ledger, once, and nothing else is; and no signal was acted on twice. */
async function expectEqualLedgers(bot: LiveBench): Promise<void> {
  const pieces: string[] = [];
  await bot.database.read(async (view) => {
    for await (const piece of exportLedger(view, bot.parts.bot.book)) pieces.push(piece);
  });
  const ledger = JSON.parse(pieces.join('')) as BotLedger;
  expect(bot.exchange.control({ command: 'assert', name: 'ledgerEqual', args: { ledger } })).toMatchObject({ ok: true });
  expect(bot.exchange.control({ command: 'assert', name: 'oneOrderPerIntent' })).toMatchObject({ ok: true });
}

/** Everything that recovery might change. */
async function rowsOf(bot: LiveBench): Promise<unknown> {
  const tables = ['signals', 'orders', 'order_transitions', 'fills', 'positions', 'trades', 'daily_pnls', 'bot_events', 'risk_states'];
  return bot.database.read(async (view) => {
    const rows: Record<string, object[]> = {};
    for (const table of tables) rows[table] = await view.rows(`SELECT * FROM ${table}`);
    return rows;
  });
}

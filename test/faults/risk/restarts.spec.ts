import { openLedger, type Ledger } from '../../../src/persistence/open-ledger.js';
import { HOUR, START } from '../../support/ledger/orders.js';
import { codeOf, ENTRY, facts, gateOn, quietLimits, type GateBench } from '../../support/risk/gate-bench.js';
import { RecklessBot } from '../../support/risk/reckless-bot.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const MINUTE = 60_000;

/** A process: everything is made anew, and only the ledger is what it was. */
async function inNewProcess<T>(limits: Parameters<typeof quietLimits>[0], work: (bench: GateBench, ledger: Ledger) => Promise<T>): Promise<T> {
  const ledger = await openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: START });
  try {
    return await work(gateOn(ledger.database, quietLimits(limits)), ledger);
  } finally {
    await ledger.close();
  }
}

describe('a bot that is started anew for every tick', () => {
  it('F98 sends no more orders in an hour than one that runs on', async () => {
    const codes: string[] = [];
    for (let n = 0; n < 12; n++) codes.push(codeOf(await inNewProcess({ maxOrdersPerHour: 4 }, ({ gate }, { database }) => new RecklessBot(gate, database).tick({ nowMs: START + n * MINUTE, price: '100' }))));
    expect(codes).toEqual([...Array(4).fill('approved'), ...Array(8).fill('RISK.ORDERS_PER_HOUR')]);
  });

  it('F98 does not begin its day, nor its highest result, anew', async () => {
    const limits = { maxDailyLossUsd: 30, maxDrawdownUsd: 50 };
    const look = (hours: number, bid: string): Promise<string> => inNewProcess(limits, async ({ gate }) => (await gate.watch(facts({ nowMs: START + hours * HOUR, bid }))).code ?? 'none');
    await inNewProcess(limits, ({ gate }, { database }) => new RecklessBot(gate, database).tick({ nowMs: START, price: '100' }));
    expect([await look(1, '120'), await look(2, '91'), await look(26, '71'), await look(50, '70')]).toEqual(['none', 'none', 'none', 'RISK.DRAWDOWN']);
  });

  it('F98 is still HALTED after any number of starts, until somebody resumes', async () => {
    await inNewProcess({}, ({ states }) => states.halt('RISK.DAILY_LOSS', 'lost 50', START));
    for (let n = 0; n < 3; n++) expect(await inNewProcess({}, async ({ gate }) => codeOf(await gate.judge(ENTRY, facts({ nowMs: START + n * 24 * HOUR }))))).toBe('RISK.HALTED');
    await inNewProcess({}, ({ states }) => states.resume(START + HOUR, 'operator: looked'));
    expect(await inNewProcess({}, async ({ gate }) => codeOf(await gate.judge(ENTRY, facts())))).toBe('approved');
  });

  it('F98 goes on with the pause after losses, and with the errors it had', async () => {
    const limits = { maxConsecutiveLosses: 1, cooldownMinutes: 60, maxConsecutiveErrors: 2 };
    await inNewProcess(limits, async ({ gate }, { database }) => {
      const bot = new RecklessBot(gate, database);
      for (const [n, price] of ['100', '99'].entries()) await bot.tick({ nowMs: START + n, price });
    });
    const entry = (nowMs: number): Promise<string> => inNewProcess(limits, async ({ gate }) => codeOf(await gate.judge(ENTRY, facts({ nowMs }))));
    expect([await entry(START + HOUR), await entry(START + HOUR + 1)]).toEqual(['RISK.LOSING_STREAK', 'approved']);
    for (const n of [1, 2]) await inNewProcess(limits, ({ states }) => states.noteTick('error', START + HOUR + n));
    expect(await entry(START + HOUR + 3)).toBe('RISK.ERRORS');
  });

  it('F98 that crashes again and again is HALTED at the fifth start after a crash', async () => {
    const levels: string[] = [];
    for (let n = 0; n < 6; n++) levels.push((await inNewProcess({}, ({ states }) => states.noteStart(START + n * MINUTE))).level);
    expect(levels).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'HALTED']);
    expect(await inNewProcess({}, async ({ gate }) => codeOf(await gate.judge(ENTRY, facts())))).toBe('RISK.HALTED');
  });
});

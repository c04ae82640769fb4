import { rmSync, writeFileSync } from 'node:fs';

import { openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import { OperatorFiles } from '../../../src/files/operator-files.js';
import { RiskLedger } from '../../../src/persistence/repositories/risk-facts.js';
import { OperatorKillSwitch } from '../../../src/risk/kill-switch.js';
import { limitsOf } from '../../../src/risk/limits.js';
import { RiskGate } from '../../../src/risk/risk-gate.js';
import { RiskStates } from '../../../src/risk/risk-states.js';
import { START } from '../../support/ledger/orders.js';
import { BOOK, codeOf, KEY, quietLimits } from '../../support/risk/gate-bench.js';
import { RecklessBot } from '../../support/risk/reckless-bot.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const TICKS = 4;

type Act = () => void;

/** Runs ticks; `act` comes before the n-th step at which the gate reads or writes anything. @returns verdicts, and how many steps there were */
async function run(before: number, act: Act, environment: Record<string, string> = {}): Promise<{ codes: string[]; acted: number; steps: number; level: string }> {
  const database = await openMemoryLedger();
  const files = new OperatorFiles(inFolder(), 'KILL');
  const codes: string[] = [];
  let steps = 0;
  let acted = Infinity;
  const step = (): void => {
    if (steps++ !== before) return;
    act();
    acted = codes.length;
  };
  const stepping = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const member: unknown = Reflect.get(object, name, object);
        return typeof member === 'function'
          ? (...args: unknown[]): unknown => {
              step();
              return (member as (...given: unknown[]) => unknown).apply(object, args);
            }
          : member;
      },
    });
  const ledger = new RiskLedger(database);
  const states = new RiskStates(stepping(ledger), BOOK);
  const killSwitch = stepping(new OperatorKillSwitch(files, environment));
  const gate = new RiskGate({ key: KEY, limits: limitsOf(quietLimits()), ledger: stepping(ledger), states, killSwitch, requests: files });
  const bot = new RecklessBot(gate, database);
  for (let n = 0; n < TICKS; n++) codes.push(codeOf(await bot.tick({ nowMs: START + n, price: '100' })));
  const level = await new RiskStates(ledger, BOOK).level();
  await database.close();
  return { codes, acted, steps, level };
}

describe('the kill switch, thrown at every moment of a tick', () => {
  it('F101 lets no order pass from then on: not even the one that was being judged', async () => {
    const { steps, codes } = await run(Infinity, () => undefined);
    expect(codes).toEqual(Array(TICKS).fill('approved'));
    expect(steps).toBeGreaterThan(20);
    for (let moment = 0; moment < steps; moment++) {
      rmSync(inFolder('KILL'), { force: true });
      const { codes: judged, acted, level } = await run(moment, () => writeFileSync(inFolder('KILL'), ''));
      const expected = Array.from({ length: TICKS }, (_, n) => (n < acted ? 'approved' : 'RISK.KILL_SWITCH'));
      expect([moment, judged, level]).toEqual([moment, expected, 'HALTED']);
    }
  });

  it('F101 is heard from the environment as well', async () => {
    const environment: Record<string, string> = {};
    const { codes, level } = await run(12, () => (environment['TRADING_KILL_SWITCH'] = '1'), environment);
    expect([codes.at(-1), level]).toEqual(['RISK.KILL_SWITCH', 'HALTED']);
  });

  it('F101 leaves the bot HALTED when its file is taken away by hand', async () => {
    writeFileSync(inFolder('KILL'), '');
    const { codes, level } = await run(12, () => rmSync(inFolder('KILL')));
    expect(codes.slice(-1)).toEqual(['RISK.HALTED']);
    expect(level).toBe('HALTED');
  });
});

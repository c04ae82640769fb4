import { existsSync } from 'node:fs';

import { openLedger, type Ledger } from '../../../src/persistence/open-ledger.js';
import { OperatorFiles } from '../../../src/files/operator-files.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { columnsOf } from '../../../src/report/columns.js';
import { OperatorKillSwitch } from '../../../src/risk/kill-switch.js';
import { executed, newFill, newOrder } from '../../support/ledger/orders.js';
import { Racer } from '../../support/ledger/racer.js';
import { codeOf, ENTRY, facts, gateOn, quietLimits } from '../../support/risk/gate-bench.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const terminal = new Racer('../risk/operator-server.mjs');

afterAll(() => terminal.end());

/** What a verb of the built program prints on stdout. */
async function say(verb: 'HaltCommand' | 'ResumeCommand' | 'RiskShowCommand', options: Record<string, unknown> = {}): Promise<string> {
  const answer = await terminal.ask(JSON.stringify({ verb, options: { ledgerDir: inFolder(), ...options } }));
  const { printed, error } = JSON.parse(answer) as { printed: string; error: { message: string } | null };
  if (error !== null) throw Object.assign(new Error(error.message), error);
  return printed.replaceAll(inFolder(), '{dir}');
}

interface Shown {
  readonly level: string;
  readonly code: string | null;
  readonly reason: string;
  readonly kill_switch: { readonly thrown: boolean };
  readonly resume_requested: boolean;
  readonly gates: readonly { readonly code: string; readonly value: string | null; readonly limit: string | null; readonly passed: boolean | null; readonly setting: string | null }[];
}

async function shown(): Promise<Shown> {
  return JSON.parse(await say('RiskShowCommand', { json: true })) as Shown;
}

const open = (): Promise<Ledger> => openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs: Date.now() });

/** The gate of a service on that ledger. */
function gateOf(ledger: Ledger): ReturnType<typeof gateOn> {
  const files = new OperatorFiles(inFolder(), 'KILL');
  return gateOn(ledger.database, quietLimits(), { killSwitch: new OperatorKillSwitch(files, {}), requests: files });
}

describe('halt and resume, while no service runs', () => {
  it('F101 halt needs no ledger: a bot that starts later finds the switch', async () => {
    expect(await say('HaltCommand')).toMatch(/^Kill switch thrown: \{dir\}\/KILL.*\nThere is no ledger yet/);
    const ledger = await open();
    expect(codeOf(await gateOf(ledger).gate.judge(ENTRY, facts()))).toBe('RISK.KILL_SWITCH');
    await ledger.close();
  });

  it('F101 halt writes the state down, and resume takes switch and state back', async () => {
    await (await open()).close();
    expect(await say('HaltCommand', { reason: 'holiday' })).toMatch(/bot-1 \(paper\) is HALTED, and stays so over restarts/);
    expect(await shown()).toMatchObject({ level: 'HALTED', code: 'RISK.OPERATOR', reason: 'holiday', kill_switch: { thrown: true } });
    expect(await say('HaltCommand', { reason: 'again' })).toMatch(/was HALTED already, since .* \(RISK.OPERATOR: holiday\)/);
    expect(await say('ResumeCommand', { reason: 'back' })).toBe('Kill switch taken back: {dir}/KILL\nbot-1 (paper) was HALTED (RISK.OPERATOR: holiday) and is ACTIVE. Losses, errors and crashes count anew\n');
    expect(await shown()).toMatchObject({ level: 'ACTIVE', code: null, kill_switch: { thrown: false } });
  });

  it('resume without a ledger, or without a halt, says so', async () => {
    expect(await say('ResumeCommand')).toBe('There is no ledger yet: there was nothing to resume\n');
    await (await open()).close();
    expect(await say('ResumeCommand')).toMatch(/^bot-1 \(paper\) was ACTIVE already/);
    expect(await say('ResumeCommand', { exitsOnly: true })).toMatch(/is REDUCING: it sells what it holds, and buys nothing/);
    expect((await shown()).level).toBe('REDUCING');
  });
});

describe('halt and resume, while a service has the ledger', () => {
  let service: Ledger;

  beforeEach(async () => {
    service = await open();
  });

  afterEach(() => service.close());

  it('F101 halt is heard at the next look, and the service writes it down', async () => {
    const { gate } = gateOf(service);
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('approved');
    expect(await say('HaltCommand', { reason: 'holiday' })).toMatch(/A service has the ledger/);
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('RISK.KILL_SWITCH');
    expect(await shown()).toMatchObject({ level: 'HALTED', code: 'RISK.KILL_SWITCH', reason: expect.stringMatching(/thrown by the file KILL \(halted by an operator at .*: holiday\)/) });
  });

  it('resume leaves a request, which the service acts on at its next look and takes away', async () => {
    const { gate } = gateOf(service);
    await say('HaltCommand');
    await gate.attend(Date.now());
    expect(await say('ResumeCommand')).toMatch(/bot-1 \(paper\) is HALTED \(RISK.KILL_SWITCH\): it was asked to become ACTIVE/);
    expect(await shown()).toMatchObject({ level: 'HALTED', resume_requested: true });
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('approved');
    expect(await shown()).toMatchObject({ level: 'ACTIVE', resume_requested: false });
  });

  it('F101 a halt after a resume that nobody has acted on yet wins', async () => {
    const { gate, states } = gateOf(service);
    await states.halt('RISK.DRAWDOWN', 'fell', 1);
    await say('ResumeCommand');
    await say('HaltCommand');
    expect(existsSync(inFolder('KILL.resume'))).toBe(false);
    expect(codeOf(await gate.judge(ENTRY, facts()))).toBe('RISK.KILL_SWITCH');
  });

  it('resume does not end a halt that came after it was typed', async () => {
    const { gate, states } = gateOf(service);
    await states.halt('RISK.ORDERS_UNRESOLVED', 'test', 1);
    await say('ResumeCommand');
    await states.resume(2, 'somebody else');
    await states.halt('RISK.DRAWDOWN', 'fell', 3);
    expect(codeOf(await gate.judge(ENTRY, facts({ nowMs: 4 })))).toBe('RISK.HALTED');
  });
});

describe('risk show', () => {
  it('F104 reads every gate beside a running bot, and changes nothing', async () => {
    const service = await open();
    const now = Date.now();
    await executed(new OrderRepository(service.database), newOrder(0), [newFill('t0', { price: '40', executedAt: now })], now);
    const before = await service.database.read((view) => view.rows('SELECT total_changes() AS changes'));
    const { gates, level } = await shown();
    expect(await service.database.read((view) => view.rows('SELECT total_changes() AS changes'))).toEqual(before);
    expect(level).toBe('ACTIVE');
    const gate = (code: string): Shown['gates'][number] | undefined => gates.find((row) => row.code === code);
    expect(gate('RISK.MAX_POSITION')).toEqual({ code: 'RISK.MAX_POSITION', label: expect.any(String) as string, value: '100 USDT', limit: 'at most 101 USDT', passed: true, setting: 'risk.max_position_size_usd' });
    expect(gate('RISK.ORDERS_PER_HOUR')).toMatchObject({ value: '1 order', limit: 'fewer than 10', passed: true });
    expect(gate('RISK.SPREAD')).toMatchObject({ value: null, limit: 'at most 50 bps', passed: null });
    expect(gate('RISK.MIN_FREE_QUOTE')).toMatchObject({ limit: null });
    await service.close();
  });

  it('fits 80 columns and says what to do', async () => {
    const ledger = await open();
    await gateOf(ledger).states.halt('RISK.DAILY_LOSS', 'lost 50 USDT', Date.UTC(2024, 0, 2));
    await ledger.close();
    const text = await say('RiskShowCommand');
    expect(text).toContain('bot-1 (paper) is HALTED since 24-01-02 00:00\n  RISK.DAILY_LOSS: lost 50 USDT\n');
    const gates = text.slice(text.indexOf('\nGates'));
    for (const line of gates.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(80);
    expect(gates).toMatch(/NO +State +HALTED/);
    expect(gates.replace(/NO +State.*/, '')).not.toContain('…');
  });
});

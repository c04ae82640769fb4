import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

import type { BacktestResult } from '../../src/backtest/backtest-result.js';
import { ResultStore } from '../../src/backtest/result-store.js';
import { ProgressLine } from '../../src/commands/progress-line.js';
import { knownSecrets } from '../../src/domain/redact.js';
import { Secret } from '../../src/domain/secret.js';
import { openLedger } from '../../src/persistence/open-ledger.js';
import { BotStateRepository } from '../../src/persistence/repositories/bot-state-repository.js';
import { OrderRepository } from '../../src/persistence/repositories/order-repository.js';
import { SignalRepository } from '../../src/persistence/repositories/signal-repository.js';
import { ServiceLogger } from '../../src/schedule/service.logger.js';
import { newOrder, newSignal, START } from '../support/ledger/orders.js';
import { secretsBelow, secretsIn } from '../support/secrets.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const KEY = 'canaryKeyQ8xT2mZ5vB7nL1rW4yC6jH9pD3sF0gK'.padEnd(64, 'aB3');
const SECRET = 'canarySecretU7eR1oP4iX9wN2bM6tV5zL8hS3dJ'.padEnd(64, 'cD5');
const CANARIES = [KEY, SECRET];
/** What a careless hand might print: everything, in every form. */
const LEAK = `${KEY} ${JSON.stringify({ secret: SECRET })} ${encodeURIComponent(SECRET)} ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')} ?x=1&signature=${'0a'.repeat(32)}`;

const inFolder = useTemporaryFolder();
const said: string[] = [];

beforeAll(() => {
  for (const secret of CANARIES) knownSecrets.add(Secret.of(secret));
});

beforeEach(() => {
  said.length = 0;
  for (const stream of [process.stdout, process.stderr]) jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0);
});

afterEach(() => jest.restoreAllMocks());

function leakyError(): Error {
  return Object.assign(new Error(`outer ${LEAK}`, { cause: new TypeError(`inner ${LEAK}`) }), { request: { headers: { 'X-MBX-APIKEY': KEY } }, exchange: { apiKey: KEY, secret: SECRET } });
}

function source(name: string): string {
  return JSON.stringify(fileURLToPath(new URL(`../../src/${name}`, import.meta.url)));
}

/** A process of its own that knows the secrets, and does this. */
function runProgram(act: string): { status: number | null; stdout: string; stderr: string } {
  const program = `
    const { endOnUncaught } = await import(${source('last-words.ts')});
    const { knownSecrets } = await import(${source('domain/redact.ts')});
    const { Secret } = await import(${source('domain/secret.ts')});
    const [key, secret] = process.env.CANARIES.split(' ');
    for (const text of [key, secret]) knownSecrets.add(Secret.of(text));
    endOnUncaught();
    const leak = () => Object.assign(new Error('x ' + key, { cause: new Error('y ' + secret) }), { exchange: { apiKey: key, secret } });
    ${act}
    setTimeout(() => process.exit(0), 60_000);`;
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { encoding: 'utf8', env: { PATH: process.env['PATH'], CANARIES: CANARIES.join(' ') } });
}

/** Something was said, and no secret is in it. */
function expectClean(): void {
  const text = said.join('');
  expect(text).toContain('[redacted]');
  expect(secretsIn(text, CANARIES)).toEqual([]);
}

describe('S03 the scan itself', () => {
  it('finds what the sinks below are fed with', () => {
    expect(secretsIn(LEAK, CANARIES).length).toBeGreaterThanOrEqual(4);
    expect(secretsIn(inspect(leakyError(), { depth: 20 }), CANARIES).length).toBeGreaterThanOrEqual(4);
    expect(secretsIn(Buffer.from('nothing to see here'), CANARIES)).toEqual([]);
  });
});

describe.each([
  ['on a terminal', true],
  ['in a container', false],
])('S03 the log %s', (_, terminal) => {
  const logger = new ServiceLogger(terminal);

  it.each<[string, (log: ServiceLogger) => void]>([
    ['a text', (log) => log.log(LEAK, 'Test')],
    ['a warning', (log) => log.warn(LEAK)],
    ['an object', (log) => log.log({ a: [{ text: LEAK }], [KEY]: 1 }, 'Test')],
    ['several messages', (log) => log.log('x', LEAK, { LEAK }, 'Test')],
    ['an error', (log) => log.error(leakyError(), 'Test')],
    ['an error beside a text', (log) => log.error('failed', leakyError(), 'Test')],
    ['a stack', (log) => log.error('failed', leakyError().stack, 'Test')],
    ['a late message', (log) => log.log(() => LEAK, 'Test')],
    ['a fatal one', (log) => log.fatal(leakyError(), 'Test')],
  ])('says %s without a secret', (_what, write) => {
    write(logger);
    expectClean();
  });

  it('says it without a secret through the logger of the framework, too', () => {
    Logger.overrideLogger(logger);
    new Logger('Test').error(leakyError());
    Logger.overrideLogger(false);
    expectClean();
  });
});

describe('S03 commands', () => {
  it('print and say no secret', () => {
    const { status, stdout, stderr } = runProgram(`
      const { BaseCommand } = await import(${source('commands/base.command.ts')});
      class Leaking extends BaseCommand {
        async run() {
          this.print(leak().message + ' ' + secret);
          this.say(JSON.stringify({ key, secret }));
        }
      }
      await new Leaking().run();
      process.exit(0);`);
    expect([status, stdout, stderr]).toEqual([0, 'x [redacted] [redacted]\n', '{"key":"[redacted]","secret":"[redacted]"}\n']);
  });

  it('show none in their progress', () => {
    new ProgressLine('x', 'rows', process.stderr, () => 0).end(LEAK);
    expectClean();
  });
});

describe('S03 the ledger', () => {
  it('holds no secret, whatever reasons and details are given to it', async () => {
    const ledger = await openLedger({ dataDir: inFolder('data'), nowMs: START, botId: 'bot-1', create: true });
    const database = ledger.database;
    const [state, orders, signals] = [new BotStateRepository(database), new OrderRepository(database), new SignalRepository(database)];
    await state.recordEvent({ botId: 'bot-1', mode: 'live', kind: 'error', at: START, configHash: null, details: { error: LEAK, deep: { a: [SECRET] } } });
    await state.setRiskState({ botId: 'bot-1', mode: 'live', level: 'HALTED', reason: LEAK, counters: {}, updatedAt: START });
    const { id: signalId } = await signals.record(newSignal(0, { reason: LEAK }));
    const { id } = await orders.plan(newOrder(0, { signalId, reason: LEAK }), START);
    await orders.move(id, { to: 'SENDING', at: START });
    await orders.move(id, { to: 'REFUSED', at: START + 1, reason: LEAK });
    const reason = (await orders.byId(id))?.stateReason;
    // In the log of changes first, in the file itself after the last one has closed it.
    expect(secretsBelow(inFolder('data'), CANARIES)).toEqual([]);
    await ledger.close();
    expect(secretsBelow(inFolder('data'), CANARIES)).toEqual([]);
    expect(reason).toContain('[redacted]');
  });
});

describe('S03 result files', () => {
  it('hold no secret', () => {
    const manifest = { strategy: 'x', created_at_iso: '2026-01-01T00:00:00.000Z' };
    const result = { manifest, config: { text: KEY }, params: { a: SECRET }, metrics: {}, trades: [{ a: KEY }], equity_curve: [], gaps: [], warnings: [SECRET] } as unknown as BacktestResult;
    const path = new ResultStore(inFolder('results')).save(result);
    expect(readFileSync(path, 'utf8')).toContain('[redacted]');
    expect(secretsBelow(path, CANARIES)).toEqual([]);
  });
});

describe('S03 a process that ends because nobody caught it', () => {
  it.each([
    ['an error', 'setImmediate(() => { throw leak(); });'],
    ['a rejected promise', 'void Promise.reject(leak());'],
    ['a rejection that is no error', 'void Promise.reject(secret);'],
    ['an object that is thrown', 'setImmediate(() => { throw { key, secret }; });'],
  ])('(%s) says why without a secret, with exit code 1', (_, act) => {
    const { status, stdout, stderr } = runProgram(act);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr.length).toBeGreaterThan(5);
    expect(secretsIn(stderr, CANARIES)).toEqual([]);
  });
});

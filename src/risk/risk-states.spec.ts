import { BOOK } from '../../test/support/risk/gate-bench.js';
import { START } from '../../test/support/ledger/orders.js';
import { knownSecrets } from '../domain/redact.js';
import { Secret } from '../domain/secret.js';
import type { LedgerDatabase } from '../persistence/ledger-database.js';
import { openMemoryLedger } from '../persistence/open-ledger.js';
import { BotStateRepository } from '../persistence/repositories/bot-state-repository.js';
import { RiskLedger } from '../persistence/repositories/risk-facts.js';
import { RiskStates } from './risk-states.js';

const MINUTE = 60_000;

let database: LedgerDatabase;
let states: RiskStates;

beforeEach(async () => {
  database = await openMemoryLedger();
  states = new RiskStates(new RiskLedger(database), BOOK);
});

afterEach(() => database.close());

async function events(): Promise<unknown[]> {
  return (await new BotStateRepository(database).events(BOOK, { limit: 100, offset: 0 })).map(({ kind, details }) => [kind, details['code'] ?? details['by']]);
}

describe('the state of the gate', () => {
  it('is ACTIVE where nothing was ever written', async () => {
    expect(await states.level()).toBe('ACTIVE');
  });

  it('keeps the first reason of a halt until somebody resumes, and writes both down', async () => {
    await states.halt('RISK.DAILY_LOSS', 'lost 50', START);
    await states.halt('RISK.DRAWDOWN', 'fell by 100', START + 1);
    await states.reduce('RECONCILE.MISMATCH', 'less in the wallet', START + 2);
    expect(await states.memory()).toMatchObject({ level: 'HALTED', code: 'RISK.DAILY_LOSS', reason: 'lost 50', since: START });
    await states.resume(START + 3, 'operator: looked');
    expect(await states.memory()).toMatchObject({ level: 'ACTIVE', code: null, since: START + 3 });
    expect(await events()).toEqual([['resume', 'RISK.DAILY_LOSS'], ['halt', 'RISK.DAILY_LOSS']]);
  });

  it('goes from REDUCING to HALTED, never by itself the other way', async () => {
    await states.reduce('BOT.CHANGED', 'another symbol', START);
    await states.halt('RISK.DRAWDOWN', 'fell', START + 1);
    await states.release('BOT.CHANGED', START + 2, 'sold');
    expect(await states.level()).toBe('HALTED');
  });

  it('REDUCING ends when what it was for is over, and only by the reason it has', async () => {
    await states.reduce('BOT.CHANGED', 'another symbol', START);
    await states.release('RISK.OPERATOR', START + 1, 'sold');
    expect(await states.level()).toBe('REDUCING');
    await states.release('BOT.CHANGED', START + 2, 'sold');
    expect(await states.level()).toBe('ACTIVE');
  });

  it('of paper and live do not know of each other', async () => {
    await states.halt('RISK.OPERATOR', 'test', START);
    expect(await new RiskStates(new RiskLedger(database), { ...BOOK, mode: 'live' }).level()).toBe('ACTIVE');
  });

  it('that somebody has spoilt by hand is refused, not read as none', async () => {
    await new BotStateRepository(database).setRiskState({ ...BOOK, level: 'ACTIVE', reason: '', counters: { errors: 'many' }, updatedAt: 1 });
    await expect(states.level()).rejects.toMatchObject({ code: 'LEDGER.INVALID' });
  });
});

describe('an operator who resumes', () => {
  it('starts losses, streak, errors and crashes anew, and the numbers of orders not', async () => {
    await states.noteResult('USDT', { nowMs: START, result: '100', realised: '100', realisedToday: '0' });
    await states.noteResult('USDT', { nowMs: START + 1, result: '30', realised: '30', realisedToday: '-70' });
    await states.noteTick('error', START + 1);
    await states.halt('RISK.DRAWDOWN', 'fell', START + 1);
    await states.resume(START + 2, 'operator: looked');
    const { marks, errors, forgivenAt } = await states.memory();
    expect([marks['USDT'], errors, forgivenAt]).toEqual([{ result: '30', peak: '30', day: START, dayStart: '30' }, 0, START + 2]);
  });

  const request = (changes = {}) => ({ id: 'a', answers: START as number | null, reason: 'operator: looked', exitsOnly: false, ...changes });

  it('is heard once: the same request does not end a later halt', async () => {
    await states.halt('RISK.DAILY_LOSS', 'lost', START);
    await states.actOn(request(), START + 1);
    expect(await states.level()).toBe('ACTIVE');
    await states.halt('RISK.DRAWDOWN', 'fell', START + 2);
    await states.actOn(request(), START + 3);
    expect(await states.memory()).toMatchObject({ level: 'HALTED', code: 'RISK.DRAWDOWN' });
  });

  it('is not heard on every look where the request cannot be taken away: losses go on counting', async () => {
    await states.halt('RISK.DAILY_LOSS', 'lost', START);
    for (const n of [1, 2, 3]) await states.actOn(request(), START + n);
    expect(await events()).toEqual([['resume', 'RISK.DAILY_LOSS'], ['halt', 'RISK.DAILY_LOSS']]);
    expect((await states.memory()).forgivenAt).toBe(START + 1);
  });

  it('is not taken to mean a halt that came after the look', async () => {
    await states.halt('RISK.DAILY_LOSS', 'lost', START + 5);
    await states.actOn(request(), START + 6);
    expect(await states.level()).toBe('HALTED');
    expect((await events())[0]).toEqual(['error', 'RISK.DAILY_LOSS']);
  });

  it('can let it only get out', async () => {
    await states.halt('RISK.DAILY_LOSS', 'lost', START);
    await states.actOn(request({ exitsOnly: true }), START + 1);
    expect(await states.memory()).toMatchObject({ level: 'REDUCING', code: 'RISK.OPERATOR' });
  });
});

describe('a crash loop', () => {
  it('is five starts within ten minutes after ends that were none: HALTED', async () => {
    await states.noteStart(START); // the first of all has nothing before it
    for (let n = 1; n <= 4; n++) expect(await states.noteStart(START + n * MINUTE)).toMatchObject({ level: 'ACTIVE' });
    expect(await states.noteStart(START + 5 * MINUTE)).toMatchObject({ level: 'HALTED', code: 'RISK.CRASH_LOOP' });
    await states.resume(START + 6 * MINUTE, 'operator: mended');
    expect(await states.noteStart(START + 6 * MINUTE)).toMatchObject({ level: 'ACTIVE' });
  });

  it('is none when the starts are further apart', async () => {
    for (let n = 0; n <= 20; n++) await states.noteStart(START + n * 2.5 * MINUTE);
    expect(await states.level()).toBe('ACTIVE');
  });

  it('is none when every process ended in order', async () => {
    for (let n = 0; n <= 20; n++) {
      await states.noteStart(START + n);
      await states.noteCleanStop(START + n);
    }
    expect(await states.level()).toBe('ACTIVE');
  });
});

describe('errors in a row', () => {
  it('are counted until a tick ends without one', async () => {
    for (let n = 1; n <= 3; n++) expect((await states.noteTick('error', START + n)).errors).toBe(n);
    expect((await states.noteTick('ok', START + 4)).errors).toBe(0);
  });

  it('cost no write while there are none', async () => {
    await states.noteTick('ok', START);
    expect(await new BotStateRepository(database).riskState(BOOK)).toBeNull();
  });
});

describe('what is kept of the state between two questions', () => {
  const blank = (): RiskLedger => new RiskLedger(database);

  it('is what is in the ledger, after every change', async () => {
    const ledger = blank();
    const kept = new RiskStates(ledger, BOOK);
    for (const change of [() => kept.noteStart(START), () => kept.halt('RISK.DRAWDOWN', 'fell', START), () => kept.noteTick('error', START + 1), () => kept.resume(START + 2, 'operator: looked')]) {
      await change();
      expect(await ledger.state(BOOK)).toStrictEqual(await blank().state(BOOK));
    }
  });

  it('is never a change that was rolled back', async () => {
    const ledger = blank();
    await new RiskStates(ledger, BOOK).noteTick('error', START);
    const broken = { ...(await ledger.state(BOOK))!, level: 'HALTED' as const };
    const event = { ...BOOK, mode: 'demo' as 'paper', kind: 'halt' as const, at: START, configHash: null, details: {} };
    await expect(ledger.change(BOOK, () => ({ state: broken, event }))).rejects.toMatchObject({ code: 'LEDGER.INVALID' });
    expect(await ledger.state(BOOK)).toMatchObject({ level: 'ACTIVE', counters: { errors: 1 } });
  });

  it('is the last of several changes at once', async () => {
    const ledger = blank();
    const several = new RiskStates(ledger, BOOK);
    await Promise.all([several.noteTick('error', START), several.level(), several.noteTick('error', START), several.level(), several.noteTick('error', START)]);
    expect((await several.memory()).errors).toBe(3);
    expect(await ledger.state(BOOK)).toStrictEqual(await blank().state(BOOK));
  });

  it('holds nothing that the ledger must not hold', async () => {
    const secret = Secret.of('kept-secret-0123456789');
    knownSecrets.add(secret);
    const ledger = blank();
    const speaking = new RiskStates(ledger, BOOK);
    await speaking.halt('EXCHANGE.AUTH', `refused ${secret.reveal()}`, START);
    expect((await speaking.memory()).reason).toBe('refused [redacted]');
  });

  it('is no answer once the ledger has a lasting fault', async () => {
    const ledger = blank();
    const asked = new RiskStates(ledger, BOOK);
    expect(await asked.level()).toBe('ACTIVE');
    database.fenceWith(1);
    await expect(database.write(() => Promise.resolve())).rejects.toMatchObject({ code: 'LOCK.LOST' });
    await expect(asked.level()).rejects.toBe(database.fault);
  });
});

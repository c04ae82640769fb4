import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import { HOUR, START } from '../../support/ledger/orders.js';
import { gateOn, quietLimits } from '../../support/risk/gate-bench.js';
import { mostWithin, RecklessBot, type RecklessTick } from '../../support/risk/reckless-bot.js';

const MINUTE = 60_000;

let database: LedgerDatabase;

beforeEach(async () => {
  database = await openMemoryLedger();
});

afterEach(() => database.close());

async function run(bot: RecklessBot, ticks: number, tick: (n: number) => Partial<RecklessTick>): Promise<{ sent: number[]; codes: Set<string> }> {
  const sent: number[] = [];
  const codes = new Set<string>();
  for (let n = 0; n < ticks; n++) {
    const nowMs = START + n * MINUTE;
    const verdict = await bot.tick({ nowMs, price: '100', ...tick(n) });
    if (verdict.kind === 'approved') sent.push(nowMs);
    else codes.add(verdict.code);
  }
  return { sent, codes };
}

describe('a strategy that flips on every tick', () => {
  it('F97 sends at most 10 orders in any hour', async () => {
    const { gate } = gateOn(database, quietLimits({ maxOrdersPerHour: 10 }));
    const { sent, codes } = await run(new RecklessBot(gate, database), 300, () => ({}));
    expect(mostWithin(sent, HOUR)).toBe(10);
    expect([...codes]).toEqual(['RISK.ORDERS_PER_HOUR']);
  });

  it('F97 is let out of a position by an hour that is full', async () => {
    const { gate } = gateOn(database, quietLimits({ maxOrdersPerHour: 9 }));
    const { sent } = await run(new RecklessBot(gate, database), 60, () => ({}));
    expect(sent).toHaveLength(10); // the ninth is a purchase; what it bought is sold
  });

  it('F97 sends at most 50 orders in any day', async () => {
    const { gate } = gateOn(database, quietLimits({ maxOrdersPerDay: 50 }));
    const { sent } = await run(new RecklessBot(gate, database), 300, () => ({}));
    expect(sent).toHaveLength(50);
  });

  it('F97 is bounded also where every exit is refused and asked for again: three times the hourly number', async () => {
    const { gate } = gateOn(database, quietLimits({ maxOrdersPerHour: 10 }));
    const bot = new RecklessBot(gate, database);
    const { sent, codes } = await run(bot, 240, (n) => (n === 0 ? {} : { ends: 'REFUSED' }));
    expect(mostWithin(sent, HOUR)).toBe(30);
    expect([...codes]).toEqual(['RISK.RUNAWAY']);
  });

  it('F97 is halted by its losses of the day, not one order later', async () => {
    const { gate, states } = gateOn(database, quietLimits({ maxDailyLossUsd: 5 }));
    // Bought at 100 and sold at 99, again and again: 1 lost per round trip.
    const { sent, codes } = await run(new RecklessBot(gate, database), 120, (n) => ({ price: n % 2 === 0 ? '100' : '99' }));
    expect(await states.memory()).toMatchObject({ level: 'HALTED', code: 'RISK.DAILY_LOSS' });
    expect([...codes]).toEqual(['RISK.DAILY_LOSS', 'RISK.HALTED']);
    expect(sent).toHaveLength(9); // four round trips; the fifth purchase is 1 under water, and 5 are lost
  });
});

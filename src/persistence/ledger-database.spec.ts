import { LedgerError } from '../domain/errors.js';
import { BotEventEntity } from './entities/bot-event.entity.js';
import type { LedgerDatabase } from './ledger-database.js';
import type { LedgerTransaction, LedgerView } from './ledger-view.js';
import { openMemoryLedger } from './open-ledger.js';

const WRITERS = 1000;

let ledger: LedgerDatabase;

beforeEach(async () => {
  ledger = await openMemoryLedger();
});

afterEach(() => ledger.close());

function event(at: number): Omit<BotEventEntity, 'id'> {
  return { botId: 'b', mode: 'paper', kind: 'start', at, configHash: null, details: { at } };
}

async function times(): Promise<number[]> {
  const rows = await ledger.read((view) => view.rows<{ at: number }>('SELECT at FROM bot_events ORDER BY at'));
  return rows.map(({ at }) => at);
}

describe('the door to the ledger', () => {
  it(`keeps every acknowledged row of ${WRITERS} interleaved writers, and nothing of the transactions that were rolled back`, async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: WRITERS }, (_, n) =>
        ledger.write(async (transaction) => {
          await transaction.insert(BotEventEntity, event(2 * n));
          // Every way of failing in the middle: a refusal of the database, and one of ours.
          if (n % 5 === 1) await transaction.change(`INSERT INTO bot_events (bot_id) VALUES (?)`, ['incomplete']);
          if (n % 5 === 3) throw new Error('changed my mind');
          await transaction.insert(BotEventEntity, event(2 * n + 1));
        }),
      ),
    );
    const acknowledged = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [2 * n, 2 * n + 1] : []));
    expect(acknowledged).toHaveLength((2 * WRITERS * 3) / 5);
    expect(await times()).toEqual(acknowledged);
  });

  it('shows a reader only what is committed, however writers and readers interleave', async () => {
    const work: Promise<unknown>[] = [];
    const seen: number[] = [];
    for (let n = 0; n < 200; n++) {
      work.push(
        ledger
          .write(async (transaction) => {
            await transaction.insert(BotEventEntity, event(n));
            await transaction.insert(BotEventEntity, event(n));
            if (n % 3 === 0) throw new Error('no');
          })
          .catch(() => undefined),
        ledger.read(async (view) => {
          const [{ count }] = await view.rows<{ count: number }>('SELECT count(*) AS count FROM bot_events');
          seen.push(count);
        }),
      );
    }
    await Promise.all(work);
    expect(seen).toEqual(Array.from({ length: 200 }, (_, n) => 2 * (n - Math.floor(n / 3))));
  });

  it('rolls back a transaction that waited for anything but the database, and says so', async () => {
    const slow = ledger.write(async (transaction) => {
      await transaction.insert(BotEventEntity, event(1));
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    });
    await expect(slow).rejects.toMatchObject({ code: 'LEDGER.MISUSE', message: expect.stringMatching(/waited for something other than the database/) as string });
    expect(await times()).toEqual([]);
  });

  it('does not wait for itself for ever when it is called from within', async () => {
    const nested = ledger.write(() => ledger.write(async () => undefined));
    await expect(nested).rejects.toMatchObject({ code: 'LEDGER.MISUSE', message: expect.stringMatching(/from within one of its own transactions/) as string });
    await expect(ledger.write(() => ledger.read(async () => undefined))).rejects.toMatchObject({ code: 'LEDGER.MISUSE' });
    expect(await ledger.write(async () => 'free again')).toBe('free again');
  });

  it('can be called by work that was started within a transaction once that has ended', async () => {
    let later: Promise<unknown> = Promise.resolve();
    await ledger.write(async () => {
      later = Promise.resolve().then(async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
        await ledger.write((transaction) => transaction.insert(BotEventEntity, event(7)));
      });
    });
    await later;
    expect(await times()).toEqual([7]);
  });

  it('takes back a transaction that ended before its statements did', async () => {
    const hasty = ledger.write(async (transaction) => {
      void transaction.insert(BotEventEntity, event(1));
    });
    await expect(hasty).rejects.toMatchObject({ code: 'LEDGER.MISUSE' });
    expect(await times()).toEqual([]);
  });

  it('takes back a transaction that something else, far away, still works on', async () => {
    const deep = async (transaction: LedgerTransaction, depth: number): Promise<number> => (depth === 0 ? transaction.insert(BotEventEntity, event(1)) : deep(transaction, depth - 1));
    const hasty = ledger.write(async (transaction) => {
      void deep(transaction, 9);
      for (let n = 0; n < 5; n++) await Promise.resolve();
    });
    await expect(hasty).rejects.toMatchObject({ code: 'LEDGER.MISUSE' });
    expect(await times()).toEqual([]);
  });

  it('leaves nothing behind when one of several statements at once is refused', async () => {
    const several = ledger.write((transaction) =>
      Promise.all([transaction.change('INSERT INTO nowhere VALUES (1)', []), ...Array.from({ length: 20 }, (_, n) => transaction.insert(BotEventEntity, event(n)))]),
    );
    await expect(several).rejects.toThrow(/no such table/);
    expect(await times()).toEqual([]);
  });

  it('gives nobody a transaction to keep', async () => {
    const kept: { view?: LedgerView; transaction?: LedgerTransaction } = {};
    await ledger.read(async (view) => {
      kept.view = view;
    });
    await ledger.write(async (transaction) => {
      kept.transaction = transaction;
    });
    await expect(kept.view?.rows('SELECT 1')).rejects.toMatchObject({ code: 'LEDGER.MISUSE' });
    await expect(kept.transaction?.insert(BotEventEntity, event(1))).rejects.toMatchObject({ code: 'LEDGER.MISUSE' });
  });

  it('does not write while it reads', async () => {
    await expect(ledger.read((view) => view.rows(`INSERT INTO bot_events (bot_id, mode, kind, at, details) VALUES ('b', 'paper', 'start', 1, '{}')`))).rejects.toMatchObject({ code: 'LEDGER.READ_ONLY' });
    await ledger.write((transaction) => transaction.insert(BotEventEntity, event(1)));
    expect(await times()).toEqual([1]);
  });

  it('passes on what the work itself threw, unchanged', async () => {
    const mine = new Error('mine');
    await expect(ledger.write(() => Promise.reject(mine))).rejects.toBe(mine);
    expect(ledger.fault).toBeNull();
  });

  it('names what the database refused', async () => {
    const refused = ledger.write((transaction) => transaction.insert(BotEventEntity, { ...event(1), mode: 'demo' as 'paper' }));
    await expect(refused).rejects.toBeInstanceOf(LedgerError);
    await expect(refused).rejects.toMatchObject({ code: 'LEDGER.INVALID', message: expect.stringMatching(/CHECK constraint failed/) as string });
  });
});

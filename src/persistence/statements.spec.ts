import { tellStory } from '../../test/support/ledger/story.js';
import { ALL_ENTITIES } from './entities/all-entities.js';
import { FillEntity } from './entities/fill.entity.js';
import { LeaseEntity } from './entities/lease.entity.js';
import { OrderEntity } from './entities/order.entity.js';
import type { LedgerDatabase } from './ledger-database.js';
import { openMemoryLedger } from './open-ledger.js';
import type { EntityClass } from './row-statements.js';

let ledger: LedgerDatabase;

beforeAll(async () => {
  ledger = await openMemoryLedger();
  await tellStory(ledger, 2);
  await ledger.write((transaction) => transaction.upsert(LeaseEntity, { id: 1, token: 7, botId: 'bot-1', host: 'here', pid: 1, since: 1, expiresAt: 2 }));
});

afterAll(() => ledger.close());

function select(entity: EntityClass<object>, where: string, parameters: object = {}): Promise<object[]> {
  return ledger.read((view) => view.select(entity, where, parameters));
}

describe('a question of a few prepared statements', () => {
  it.each(ALL_ENTITIES.map((entity) => ({ entity, name: entity.name })))('makes of every row of $name what TypeORM makes of it', async ({ entity }) => {
    const made = await select(entity, 'TRUE ORDER BY rowid');
    const expected = await ledger.read((view) => view.find<object>(entity, (query) => query.orderBy('row.rowid')));
    expect(made.length).toBeGreaterThan(0);
    expect(made).toStrictEqual(expected);
    // Rows are written out as they are, so the order of their properties is seen.
    expect(made.map((row) => JSON.stringify(row))).toEqual(expected.map((row) => JSON.stringify(row)));
  });

  it('finds with conditions, an order and a page what TypeORM finds', async () => {
    const parameters = { botId: 'bot-1', states: ['FILLED', 'REFUSED', 'PARTIAL'], side: 'buy' };
    const made = await select(OrderEntity, 'row.botId = :botId AND row.side = :side AND row.state IN (:...states) ORDER BY row.plannedAt DESC LIMIT :limit OFFSET 1', { ...parameters, limit: 2, more: 'does no harm' });
    const expected = await ledger.read((view) =>
      view.find(OrderEntity, (query) => query.where('row.botId = :botId AND row.side = :side AND row.state IN (:...states)', parameters).orderBy('row.plannedAt', 'DESC').limit(2).offset(1)),
    );
    expect(made).toHaveLength(2);
    expect(made).toStrictEqual(expected);
  });

  it.each([0, 1, 2, 3, 5, 8, 9])('takes a list of %d', async (length) => {
    const ids = ['501', '502', '503', '504', '505', '506', 'no', 'nor', '777'].slice(0, length);
    const found = (await select(FillEntity, 'row.tradeId IN (:...ids) ORDER BY row.id', { ids })) as FillEntity[];
    expect(found.map(({ tradeId }) => tradeId).sort()).toEqual(ids.filter((id) => !id.startsWith('no')).sort());
  });

  it('keeps apart lists of several names', async () => {
    const found = (await select(FillEntity, 'row.tradeId IN (:...ids) AND row.side IN (:...sides)', { ids: ['501', '502'], sides: ['buy'] })) as FillEntity[];
    expect(found.map(({ tradeId }) => tradeId)).toEqual(['501']);
    expect(await select(FillEntity, 'row.tradeId IN (:...ids) AND row.side IN (:...sides)', { ids: ['501'], sides: ['buy', 'sell'] })).toHaveLength(1);
  });

  it.each([
    { where: 'row.nothing = 1', parameters: {}, message: /OrderEntity has no column for nothing/ },
    { where: 'row.id = :id', parameters: {}, message: /:id must be a text, a number or null; was undefined/ },
    { where: 'row.id = :id', parameters: { id: true }, message: /:id must be .* was boolean/ },
    { where: 'row.id IN (:...ids)', parameters: { ids: 'a' }, message: /:...ids needs a list/ },
  ])('refuses $where with $parameters', async ({ where, parameters, message }) => {
    await expect(select(OrderEntity, where, parameters)).rejects.toMatchObject({ code: 'LEDGER.MISUSE', message: expect.stringMatching(message) as string });
  });
});

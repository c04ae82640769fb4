import { ORDER_STATES, movesFrom, type OrderState } from '../../domain/order.js';
import { openSource, type OpenedSource } from '../data-source.js';
import { BOT_EVENT_KINDS } from '../entities/bot-event.entity.js';

let opened: OpenedSource;

beforeEach(async () => {
  opened = await openSource(':memory:', 'memory');
  await opened.source.runMigrations({ transaction: 'all' });
});

afterEach(() => opened.source.destroy());

async function drift(): Promise<string[]> {
  const { upQueries } = await opened.source.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

/** An order put straight into `state`, past the triggers that would forbid it. */
function put(state: OrderState, executed = '0'): void {
  const { native } = opened;
  const trigger = native.prepare("SELECT sql FROM sqlite_master WHERE name = 'orders_begin'").get() as { sql: string };
  native.exec('DROP TRIGGER orders_begin');
  native.exec(`INSERT INTO orders VALUES ('00000000-0000-0000-0000-000000000001', 'b', 'paper', 'binance', 'BTC/USDT', 's', NULL, 'key', 1, 'id', NULL, 'buy', 'market',
    NULL, 'entry', 'signal', '1', NULL, NULL, '1', 'BTC', 'USDT', '0', '{}', '{}', NULL, '${state}', 1, NULL, '${executed}', '${executed}', 0, 1, 1)`);
  native.exec(trigger.sql);
}

const needsFills = (state: OrderState): boolean => state === 'PARTIAL' || state === 'FILLED';

describe('the schema that migrations make', () => {
  it('is the one that the entities describe: no drift', async () => {
    expect(await drift()).toEqual([]);
  });

  it('shows drift when it lacks something that an entity has', async () => {
    opened.native.exec('DROP INDEX fills_by_time');
    expect(await drift()).toEqual([expect.stringContaining('fills_by_time')]);
  });

  it.each(ORDER_STATES)('lets an order that is %s move exactly where the domain says', (from) => {
    const allowed = ORDER_STATES.filter((to) => {
      opened.native.exec('SAVEPOINT try');
      try {
        put(from, needsFills(from) ? '1' : '0');
        opened.native.prepare("UPDATE orders SET state = ?, state_at = 2, executed_quantity = CASE WHEN ? THEN '1' ELSE executed_quantity END").run(to, Number(needsFills(to)));
        return to !== from;
      } catch (error) {
        expect((error as Error).message).toMatch(/LEDGER\.STATE: no such move|CHECK constraint/);
        return false;
      } finally {
        opened.native.exec('ROLLBACK TO try; RELEASE try');
      }
    });
    expect(allowed).toEqual(ORDER_STATES.filter((to) => movesFrom(from).includes(to)));
  });

  it('begins every order as PLANNED and writes down each move with its time', () => {
    expect(() => opened.native.exec(`INSERT INTO orders SELECT * FROM orders`)).not.toThrow();
    put('PLANNED');
    opened.native.exec(`UPDATE orders SET state = 'SENDING', state_at = 5, state_reason = 'why'`);
    expect(opened.native.prepare('SELECT from_state, to_state, at, reason FROM order_transitions ORDER BY id').all()).toEqual([
      { from_state: null, to_state: 'PLANNED', at: 1, reason: null },
      { from_state: 'PLANNED', to_state: 'SENDING', at: 5, reason: 'why' },
    ]);
  });

  it.each([
    ['money moved where the state says none did', `UPDATE orders SET executed_quantity = '1'`],
    ['another client id', `UPDATE orders SET client_order_id = 'other'`],
    ['another quantity', `UPDATE orders SET quantity = '2'`],
    ['no mode', `UPDATE orders SET mode = 'demo'`],
    ['a fill of an order that was never sent', `INSERT INTO fills VALUES (1, '00000000-0000-0000-0000-000000000001', 'own', 'b', 'paper', 'binance', 'BTC/USDT', 's', 't', 'buy', '1', '1', '0', 'BTC', 1, 1)`],
    ['a fill of an order that does not exist', `INSERT INTO fills VALUES (1, 'nobody', 'own', 'b', 'paper', 'binance', 'BTC/USDT', 's', 't', 'buy', '1', '1', '0', 'BTC', 1, 1)`],
    ['an own fill without an order', `INSERT INTO fills VALUES (1, NULL, 'own', 'b', 'paper', 'binance', 'BTC/USDT', 's', 't', 'buy', '1', '1', '0', 'BTC', 1, 1)`],
    ['an order gone', `DELETE FROM orders`],
    ['a history rewritten', `UPDATE order_transitions SET at = 0`],
    ['a history shortened', `DELETE FROM order_transitions`],
    ['a time that is no whole number', `UPDATE orders SET state_at = 1.5`],
  ])('refuses %s', (_what, sql) => {
    put('PLANNED');
    expect(() => opened.native.exec(sql)).toThrow(expect.objectContaining({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) as string }));
  });

  it.each([
    ['-1', '0', true],
    ['-0.5', '-21000.25', true],
    ['1', '0', false],
    ['0', '0', false],
    ['-1', '1', false],
    ['-1.0', '0', false],
    ['--1', '0', false],
  ])('judges an adjustment by %s coins that had cost %s: %s', (quantity, cost, good) => {
    const { native } = opened;
    native.exec(`INSERT INTO fills VALUES (1, NULL, 'external', 'b', 'live', 'binance', 'BTC/USDT', 's', 't', 'buy', '1', '1', '0', 'BTC', 1, 1)`);
    native.exec(`INSERT INTO positions VALUES ('b', 'live', 'binance', 'BTC/USDT', 'BTC', 'USDT', '0', '1', '1', '0', '{}', 1, 1, '1')`);
    const insert = (): unknown => native.prepare(`INSERT INTO adjustments VALUES (NULL, 'b', 'live', 'binance', 'BTC/USDT', 1, ?, ?, 'by_hand', 1, '{}')`).run(quantity, cost);
    if (good) expect(insert()).toMatchObject({ changes: 1 });
    else expect(insert).toThrow(/CHECK constraint failed/);
  });

  it('takes an adjustment only after the newest fill of its own position', () => {
    const { native } = opened;
    for (const id of [1, 2]) native.exec(`INSERT INTO fills VALUES (${id}, NULL, 'external', 'b', 'live', 'binance', 'BTC/USDT', 's', 't${id}', 'buy', '1', '1', '0', 'BTC', 1, 1)`);
    native.exec(`INSERT INTO positions VALUES ('b', 'live', 'binance', 'BTC/USDT', 'BTC', 'USDT', '0', '1', '1', '0', '{}', 2, 2, '1')`);
    const after = (fill: number): (() => unknown) => () => native.exec(`INSERT INTO adjustments VALUES (NULL, 'b', 'live', 'binance', 'BTC/USDT', ${fill}, '-1', '0', 'by_hand', 1, '{}')`);
    expect(after(1)).toThrow(/LEDGER.STATE: an adjustment follows/);
    expect(after(2)).not.toThrow();
  });

  it.each([...BOT_EVENT_KINDS, 'some_kind_to_come'])('takes events of the kind %s', (kind) => {
    expect(() => opened.native.prepare(`INSERT INTO bot_events VALUES (NULL, 'b', 'live', ?, 1, NULL, '{}')`).run(kind)).not.toThrow();
  });

  it.each(['', 'Start', 'two words', '1st', 'a;b'])('takes no event of the kind %j', (kind) => {
    expect(() => opened.native.prepare(`INSERT INTO bot_events VALUES (NULL, 'b', 'live', ?, 1, NULL, '{}')`).run(kind)).toThrow(/CHECK constraint failed/);
  });

  const price = (text: string): (() => unknown) => {
    const insert = opened.native.prepare(`INSERT INTO fills VALUES (NULL, NULL, 'external', 'b', 'paper', 'binance', 'BTC/USDT', 's', ?, 'buy', ?, '1', '0', 'BTC', 1, 1)`);
    return () => insert.run(`trade ${text}`, text);
  };

  it.each(['1', '0.1', '10', '123456789.000000000000000001', '1000'])('keeps the amount %s as it is', (text) => {
    price(text)();
    expect(opened.native.prepare('SELECT price FROM fills').get()).toEqual({ price: text });
  });

  it.each(['', ' 1', '1.0', '01', '1.', '.5', '1e3', '+1', '-1', 'NaN', '1.2.3', '0', '0.0', '1,5'])('refuses %j as a price', (text) => {
    expect(price(text)).toThrow(/CHECK constraint failed/);
  });

  it.each([
    ['-1.5', true],
    ['0', true],
    ['-0', false],
    ['--1', false],
    ['1-1', false],
    ['-', false],
  ])('judges the signed amount %j: %s', (text, good) => {
    const insert = (): unknown => opened.native.prepare(`INSERT INTO daily_equities VALUES ('b', 'paper', 'binance', 'USDT', 0, ?, '0', '0', 1)`).run(text);
    if (good) expect(insert()).toMatchObject({ changes: 1 });
    else expect(insert).toThrow(/CHECK constraint failed/);
  });
});

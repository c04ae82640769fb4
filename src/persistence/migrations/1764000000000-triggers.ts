/** Every move that an order may make; frozen here, and held against domain/order.ts by a test. */
const MOVES = [
  `(OLD.state = 'PLANNED' AND NEW.state IN ('SENDING', 'NOT_SENT'))`,
  `(OLD.state = 'SENDING' AND NEW.state IN ('OPEN', 'PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED', 'REFUSED', 'NOT_SENT', 'UNKNOWN'))`,
  `(OLD.state = 'UNKNOWN' AND NEW.state IN ('OPEN', 'PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED', 'REFUSED', 'NOT_SENT', 'ABSENT'))`,
  `(OLD.state = 'OPEN' AND NEW.state IN ('PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED'))`,
  `(OLD.state = 'PARTIAL' AND NEW.state IN ('FILLED', 'CANCELED', 'EXPIRED'))`,
].join(' OR ');

const FACTS = ['id', 'bot_id', 'mode', 'exchange', 'symbol', 'strategy', 'signal_id', 'signal_key', 'attempt', 'client_order_id', 'side', 'type', 'quantity', 'purpose', 'lot_step', 'base_asset', 'quote_asset', 'planned_at'];

function forbid(name: string, event: string, table: string, when: string, message: string): string {
  return `CREATE TRIGGER "${name}" BEFORE ${event} ON "${table}" WHEN ${when} BEGIN SELECT RAISE(ABORT, '${message}'); END`;
}

const WRITTEN_ONCE = ['signals', 'order_transitions', 'fills', 'bot_events', 'ledger_identity'];
const NEVER_DELETED = [...WRITTEN_ONCE, 'orders', 'positions', 'leases'];

/** What no statement may do, whoever writes it. */
export const LEDGER_TRIGGERS: readonly string[] = [
  forbid('orders_begin', 'INSERT', 'orders', `NEW.state <> 'PLANNED'`, 'LEDGER.STATE: an order begins as PLANNED'),
  forbid('orders_move', 'UPDATE OF state', 'orders', `NEW.state <> OLD.state AND NOT (${MOVES})`, 'LEDGER.STATE: no such move of an order'),
  forbid('orders_facts', 'UPDATE', 'orders', FACTS.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR '), 'LEDGER.STATE: what was planned is never changed'),
  forbid('orders_exchange_id_stays', 'UPDATE OF exchange_order_id', 'orders', 'OLD.exchange_order_id IS NOT NULL AND NEW.exchange_order_id IS NOT OLD.exchange_order_id', 'LEDGER.STATE: an order keeps the id the exchange gave it'),
  `CREATE TRIGGER "orders_first_state" AFTER INSERT ON "orders" BEGIN
    INSERT INTO order_transitions (order_id, from_state, to_state, at, reason) VALUES (NEW.id, NULL, NEW.state, NEW.state_at, NEW.state_reason);
  END`,
  `CREATE TRIGGER "orders_next_state" AFTER UPDATE OF state ON "orders" WHEN NEW.state <> OLD.state BEGIN
    INSERT INTO order_transitions (order_id, from_state, to_state, at, reason) VALUES (NEW.id, OLD.state, NEW.state, NEW.state_at, NEW.state_reason);
  END`,
  forbid(
    'fills_belong',
    'INSERT',
    'fills',
    `NEW.order_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.id = NEW.order_id AND o.bot_id = NEW.bot_id AND o.mode = NEW.mode AND o.exchange = NEW.exchange AND o.symbol = NEW.symbol AND o.side = NEW.side AND o.strategy = NEW.strategy AND o.state NOT IN ('PLANNED', 'SENDING', 'REFUSED', 'NOT_SENT', 'ABSENT'))`,
    'LEDGER.STATE: a fill belongs to an order of its own market, side and mode that may have been executed',
  ),
  ...WRITTEN_ONCE.map((table) => forbid(`${table}_stay`, 'UPDATE', table, '1', `LEDGER.STATE: ${table} are never changed`)),
  ...NEVER_DELETED.map((table) => forbid(`${table}_remain`, 'DELETE', table, '1', `LEDGER.STATE: ${table} are never deleted`)),
];

// Our own cost of one order: intent and outcome through the recording executor, two durable commits, against two bare durable commits of
// the order's and the fill's rows alone. No network, no exchange. Fails on nothing. After a build: node bench/order-cost.mjs
import 'reflect-metadata';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import Database from 'better-sqlite3';

import { newFill, newOrder } from '../test/support/ledger/rows.mjs';
import { dist, median, scratch, table } from './support.mjs';

const ORDERS = 100;
const ROUNDS = 21;
const WARM_UP = 6;
const START = Date.UTC(2024, 0, 1);
const WANTED = 3;

const RULES = { symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', status: 'trading', priceStep: '0.01', lotStep: '0.00001', minQuantity: '0.00001', maxQuantity: '9000', marketLotStep: '0', minMarketQuantity: '0', maxMarketQuantity: '100', minPrice: '0.01', maxPrice: '1000000', minNotional: '5', maxNotional: '9000000' };
const BALANCES = { USDT: { free: '10000', locked: '0' }, BTC: { free: '1', locked: '0' } };

function planOf(n) {
  const { botId, strategy, symbol, signalId, signalKey, attempt, side, purpose, reason, type, timeInForce, quantity, limitPrice, stopPrice, referencePrice, lastTradeIdBefore } = newOrder(n);
  return { botId, strategy, symbol, signalId, signalKey, attempt, side, purpose, reason, type, timeInForce, quantity, limitPrice, stopPrice, referencePrice, lastTradeIdBefore, rules: RULES, balancesBefore: BALANCES };
}

/** The order's row, then its outcome and its fill: the same statements, settings and triggers, with nothing in between. */
function bareWriter(path) {
  const connection = new Database(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) connection.pragma(pragma);
  const [begin, commit] = [connection.prepare('BEGIN IMMEDIATE'), connection.prepare('COMMIT')];
  const columns = ['id', 'bot_id', 'mode', 'exchange', 'symbol', 'strategy', 'signal_key', 'attempt', 'client_order_id', 'side', 'type', 'purpose', 'reason', 'quantity', 'reference_price', 'base_asset', 'quote_asset', 'lot_step', 'filters', 'balances_before', 'state', 'state_at', 'executed_quantity', 'executed_quote', 'fencing_token', 'planned_at'];
  const insert = connection.prepare(`INSERT INTO orders (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const send = connection.prepare(`UPDATE orders SET state = 'SENDING', state_at = ?, sent_at = ? WHERE id = ?`);
  const fill = connection.prepare(`INSERT INTO fills (order_id, origin, bot_id, mode, exchange, symbol, strategy, trade_id, side, price, quantity, commission, commission_asset, executed_at, booked_at) VALUES (?, 'own', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const end = connection.prepare(`UPDATE orders SET exchange_order_id = ?, executed_quantity = ?, executed_quote = ?, state = 'FILLED', state_at = ? WHERE id = ?`);
  return {
    close: () => connection.close(),
    order(n) {
      const row = newOrder(n);
      const { botId, mode, exchange, symbol, strategy, side } = row;
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      begin.run();
      insert.run(id, botId, mode, exchange, symbol, strategy, row.signalKey, 1, row.clientOrderId, side, row.type, row.purpose, row.reason, row.quantity, row.referencePrice, row.baseAsset, row.quoteAsset, row.lotStep, JSON.stringify(RULES), JSON.stringify(BALANCES), 'PLANNED', START, '0', '0', 0, START);
      send.run(START, START, id);
      commit.run();
      const { tradeId, price, quantity, commission, commissionAsset, executedAt } = newFill(`${n}`, n, '1');
      begin.run();
      end.run(`${n + 1}`, quantity, price, START, id);
      fill.run(id, botId, mode, exchange, symbol, strategy, tradeId, side, price, quantity, commission, commissionAsset, executedAt, START);
      commit.run();
    },
  };
}

/** @returns ms per order of both, and how many times the bare commits ours takes; medians of rounds that took turns */
export async function measureOrderCost() {
  const { openLedger } = await dist('persistence/open-ledger.js');
  const { OrderRepository } = await dist('persistence/repositories/order-repository.js');
  const { RecordingExecutor } = await dist('execution/recording-executor.js');
  const folder = mkdtempSync(join(tmpdir(), 'bench-orders-'));
  const open = (name) => openLedger({ dataDir: join(folder, name), botId: 'bot-1', nowMs: Date.now() });
  try {
    await (await open('bare')).close();
    const bare = bareWriter(join(folder, 'bare', 'ledger.sqlite'));
    const ledger = await open('ours');
    let next = 0;
    const inner = { mode: 'paper', exchange: 'binance', execute: async () => ({ kind: 'known', report: { state: 'FILLED', exchangeOrderId: `${next + 1}`, fills: [newFill(`${next}`, next, '1')], reason: null } }) };
    const recording = new RecordingExecutor(inner, new OrderRepository(ledger.database), { now: () => Date.now(), monotonic: () => performance.now(), sleep: async () => {} });
    const times = { bare: [], ours: [] };
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const first = round * ORDERS;
      let started = performance.now();
      for (let n = first; n < first + ORDERS; n++) bare.order(n);
      times.bare.push((performance.now() - started) / ORDERS);
      started = performance.now();
      for (next = first; next < first + ORDERS; next++) await recording.execute(planOf(next), START);
      times.ours.push((performance.now() - started) / ORDERS);
    }
    bare.close();
    await ledger.close();
    for (const list of Object.values(times)) list.splice(0, WARM_UP);
    return { bare_ms: median(times.bare), ours_ms: median(times.ours), ratio: median(times.ours.map((ms, i) => ms / times.bare[i])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function showOrderCost({ bare_ms, ours_ms, ratio }) {
  table(`One order, bought and sold in turn: intent and outcome, two durable commits (wanted: at most ${WANTED} times the bare ones)`, [
    ['', 'ms', 'ratio'],
    ['two bare commits of its rows', bare_ms.toFixed(3), '1.0'],
    ['recording executor: with position, round trip, result of the day', ours_ms.toFixed(3), ratio.toFixed(2)],
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  showOrderCost(await measureOrderCost());
  rmSync(scratch, { recursive: true, force: true });
}

// The ledger against raw better-sqlite3, its queries against the length of its history, and the memory of its export. Prints ratios;
// fails on nothing. After a build: node bench/ledger.mjs [fills of the long history, default 1000000]
import 'reflect-metadata';

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import Database from 'better-sqlite3';

import { newFill, newOrder, newSignal } from '../test/support/ledger/rows.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = (path) => import(pathToFileURL(join(root, 'dist', 'persistence', path)).href);
const { openLedger } = await dist('open-ledger.js');
const { checkLedger } = await dist('check-ledger.js');
const { SignalRepository } = await dist('repositories/signal-repository.js');
const { OrderRepository } = await dist('repositories/order-repository.js');
const { TradeRepository } = await dist('repositories/trade-repository.js');

const FILLS = Number(process.argv[2] ?? 1_000_000);
const FILLS_PER_ORDER = 500;
const COMMITS = 500;
const ROUNDS = 15;
const WARM_UP = 6;
const KEY = { botId: 'bot-1', mode: 'paper', exchange: 'binance', symbol: 'BTC/USDT' };

const scratch = mkdtempSync(join(tmpdir(), 'bench-ledger-'));
const open = (name) => openLedger({ dataDir: join(scratch, name), botId: 'bot-1', nowMs: Date.now() });
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const say = (text) => process.stdout.write(`${text}\n`);

/** The same row into the same table under the same settings, with nothing in between. */
function rawWriter(path) {
  const connection = new Database(path);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) connection.pragma(pragma);
  const insert = connection.prepare(`INSERT INTO signals (bot_id, mode, strategy, symbol, timeframe, candle_open_time, value, decision, reason, indicators, candle, candle_hash, decided_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const [begin, commit] = [connection.prepare('BEGIN IMMEDIATE'), connection.prepare('COMMIT')];
  const write = (row) => {
    begin.run();
    insert.run(row.botId, row.mode, row.strategy, row.symbol, row.timeframe, row.candleOpenTime, row.value, row.decision, row.reason, JSON.stringify(row.indicators), JSON.stringify(row.candle), row.candleHash, row.decidedAt);
    commit.run();
  };
  return { write, close: () => connection.close() };
}

async function commits() {
  await (await open('raw')).close();
  const raw = rawWriter(join(scratch, 'raw', 'ledger.sqlite'));
  const ledger = await open('ours');
  const signals = new SignalRepository(ledger.database);
  const rates = { raw: [], ours: [] };
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const rows = Array.from({ length: COMMITS }, (_, i) => newSignal(round * COMMITS + i));
    let started = performance.now();
    for (const row of rows) raw.write(row);
    rates.raw.push(COMMITS / ((performance.now() - started) / 1000));
    started = performance.now();
    for (const row of rows) await signals.record(row);
    rates.ours.push(COMMITS / ((performance.now() - started) / 1000));
  }
  raw.close();
  await ledger.close();
  for (const list of Object.values(rates)) list.splice(0, WARM_UP);
  const ratios = rates.ours.map((rate, i) => rate / rates.raw[i]);
  say(`durable commits per second   raw ${Math.round(median(rates.raw))}, ledger ${Math.round(median(rates.ours))}: ${Math.round(100 * median(ratios))} % of raw (wanted: at least 60 %)`);
}

async function history(name, count) {
  const ledger = await open(name);
  const orders = new OrderRepository(ledger.database);
  const started = performance.now();
  for (let n = 0; n * FILLS_PER_ORDER < count; n++) {
    const { id } = await orders.plan(newOrder(n, { quantity: '5' }), n);
    await orders.move(id, { to: 'SENDING', at: n });
    const fills = Array.from({ length: Math.min(FILLS_PER_ORDER, count - n * FILLS_PER_ORDER) }, (_, i) => newFill(`${n}-${i}`, n, '0.01'));
    await orders.move(id, { to: 'FILLED', at: n, fills });
  }
  say(`booking ${count} fills           ${Math.round(count / ((performance.now() - started) / 1000))} per second, ${FILLS_PER_ORDER} to a transaction`);
  return ledger;
}

async function queryMs(ledger) {
  const trades = new TradeRepository(ledger.database);
  const times = [];
  for (let i = 0; i < 400; i++) {
    const started = performance.now();
    await trades.position(KEY);
    times.push(performance.now() - started);
  }
  return median(times.slice(100));
}

function exported(name) {
  const script = `
    import 'reflect-metadata';
    import { createWriteStream } from 'node:fs';
    import { readLedger } from ${JSON.stringify(pathToFileURL(join(root, 'dist/persistence/read-ledger.js')).href)};
    import { exportLedger } from ${JSON.stringify(pathToFileURL(join(root, 'dist/persistence/export-ledger.js')).href)};
    import { stream } from ${JSON.stringify(pathToFileURL(join(root, 'dist/commands/ledger/stream.js')).href)};
    const started = performance.now();
    const sink = createWriteStream(${JSON.stringify(join(scratch, 'export.json'))});
    await readLedger(${JSON.stringify(join(scratch, name))}, ({ reader }) => reader.read((view) => stream(exportLedger(view, { botId: 'bot-1', mode: 'paper', exchange: 'binance' }), sink)));
    await new Promise((resolve) => sink.end(resolve));
    process.stderr.write(JSON.stringify({ ms: performance.now() - started, rssMiB: process.resourceUsage().maxRSS / 1024, bytes: sink.bytesWritten }));`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
  return JSON.parse(stderr);
}

try {
  await commits();
  const short = await history('short', 1000);
  const long = await history('long', FILLS);
  const [shortMs, longMs] = [await queryMs(short), await queryMs(long)];
  say(`position query               ${(1000 * shortMs).toFixed(0)} µs over 1000 fills, ${(1000 * longMs).toFixed(0)} µs over ${FILLS}: ${(longMs / shortMs).toFixed(1)} times (wanted: at most 50)`);
  const started = performance.now();
  const { fills, findings } = await long.database.read(checkLedger);
  say(`folding ${fills} fills again    ${Math.round((performance.now() - started) / 1000)} s, ${findings.length} findings`);
  await short.close();
  await long.close();
  const [small, large] = [exported('short'), exported('long')];
  say(`export as JSON               ${Math.round(large.bytes / 1e6)} MB in ${(large.ms / 1000).toFixed(1)} s; peak memory ${Math.round(large.rssMiB)} MiB, against ${Math.round(small.rssMiB)} MiB for 1000 fills`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

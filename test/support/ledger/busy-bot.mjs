// A process that writes a ledger in a fixed sequence and prints each thing only when it has been acknowledged.
// usage: node busy-bot.mjs FOLDER ROUNDS [CRASH_AT]
// CRASH_AT n: kills itself (SIGKILL) before the n-th step, counted over all steps of opening, writing and closing.
import 'reflect-metadata';

import { writeSync } from 'node:fs';

import { openLedger } from '../../../dist/persistence/open-ledger.js';
import { OrderRepository } from '../../../dist/persistence/repositories/order-repository.js';
import { SignalRepository } from '../../../dist/persistence/repositories/signal-repository.js';
import { newFill, newOrder, newSignal } from './rows.mjs';

const [folder, rounds, crashAt] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4] ?? 0)];
let step = 0;

function point() {
  if (++step === crashAt) process.kill(process.pid, 'SIGKILL');
}

// Past all buffers: what is printed has been printed when the call returns.
function acknowledge(text) {
  writeSync(1, `${text}\n`);
}

async function main() {
  point();
  const ledger = await openLedger({ dataDir: folder, botId: 'bot-1', nowMs: Date.now() });
  acknowledge('open');
  const signals = new SignalRepository(ledger.database);
  const orders = new OrderRepository(ledger.database);
  for (let n = 0; n < rounds; n++) {
    point();
    const { id: signalId } = await signals.record(newSignal(n));
    acknowledge(`signal ${n}`);
    point();
    const { id } = await orders.plan(newOrder(n, { signalId }), n);
    acknowledge(`PLANNED ${n}`);
    point();
    await orders.move(id, { to: 'SENDING', at: n });
    acknowledge(`SENDING ${n}`);
    point();
    await orders.move(id, { to: 'PARTIAL', at: n, exchangeOrderId: String(n), fills: [newFill(`${n}-1`, n, '0.4')] });
    acknowledge(`PARTIAL ${n}`);
    point();
    await orders.move(id, { to: 'FILLED', at: n, fills: [newFill(`${n}-1`, n, '0.4'), newFill(`${n}-2`, n, '0.6')] });
    acknowledge(`FILLED ${n}`);
  }
  point();
  await ledger.close();
  acknowledge('closed');
  point();
}

main().catch((error) => {
  acknowledge(`refused ${error.code} ${error.message.replaceAll('\n', ' ')}`);
  process.exit(error.exitCode ?? 1);
});

// One of several processes that want the same data folder. Commands on stdin: `open FOLDER`, `close`. Answers on stdout, one line each.
import 'reflect-metadata';

import { createInterface } from 'node:readline';
import { writeSync } from 'node:fs';

import { openLedger } from '../../../dist/persistence/open-ledger.js';

let ledger = null;

const say = (text) => writeSync(1, `${text.replaceAll('\n', ' ')}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const [command, folder] = line.split(' ');
  if (command === 'open') {
    try {
      ledger = await openLedger({ dataDir: folder, botId: `bot-${process.pid}`, nowMs: Date.now() });
      say(`won ${process.pid}`);
    } catch (error) {
      say(`lost ${error.code} ${error.exitCode} ${error.message}`);
    }
  } else if (command === 'write') {
    try {
      await ledger.lease.renew(Date.now());
      say('written');
    } catch (error) {
      say(`refused ${error.code} ${error.exitCode} ${error.message}`);
    }
  } else if (command === 'close') {
    await ledger?.close();
    ledger = null;
    say('closed');
  }
}

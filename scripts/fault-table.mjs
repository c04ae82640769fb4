// Writes docs/FAULTS.md: every fault of the catalogue, and the tests that provoke it, found by the ids at the beginning of their names.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Groups of faults, in the order of their ids, which count on from one to the next. */
const CATALOGUE = [
  { group: 'What became of an order', first: 1, titles: [
    'the request is lost on the way', 'connection refused, no address', 'executed, and the answer is lost', 'executed, and an error is answered', 'the same errors, not executed',
    'unknown now, executed seconds later', 'executed, and the answer is empty or cut', 'the order cannot be looked up for seconds', 'a filled order is still listed as open', 'told to be a duplicate',
    'no money right after an unknown outcome', 'the answer comes after our deadline', 'the answer stalls in its body', 'the answer is about another order', 'the exchange executes twice',
    'the answer to a cancel is lost', 'a cancel changes the client id',
  ] },
  { group: 'What an order does', first: 18, titles: [
    'filled in part, then open', 'filled in part, then expired', 'refused by a filter', 'not enough money', 'fees in coins, quote currency or a third asset', 'dust', 'the price runs away', 'an answer without fills',
    'values that cannot be', 'ended by the exchange', 'a stop fills while we sell', 'a stop is jumped by a gap', 'a stop is missing on the exchange',
  ] },
  { group: 'Candles', first: 31, titles: [
    'the newest row is not closed', 'a closed row still changes', 'a closed row is revised later', 'rows are missing', 'rows are doubled or in disorder', 'values that are none', 'a spike in one row', 'the feed stands still',
    'rows of the future', 'times off the grid', 'another market, another timeframe', 'fewer rows than needed', 'empty once', 'bodies that are no answer', 'the market is halted', 'the market is gone',
  ] },
  { group: 'Time', first: 47, titles: [
    "the machine's clock is wrong", 'the clock jumps during a tick', 'a request stamped by a wrong clock', 'a tick longer than its interval', 'a tick that never ends', 'time zones, summer time, leap days',
    'woken just before the close', 'waits longer than a timer can count', 'the event loop stands still', 'started in the middle of a candle, after days',
  ] },
  { group: 'Process and disk', first: 57, titles: [
    'killed before the intent', 'killed between intent and order', 'killed while the order is under way', 'killed before the outcome is written', 'killed after it', 'killed in a migration or a backup', 'power is cut',
    'the disk is full or read-only', 'the disk fails, the file is damaged', 'recovered twice', 'a position that nobody knows', 'the database is locked', 'the database is deleted or replaced', 'two processes at once',
    'the holder of the lock sleeps and wakes', 'told to end, in every phase', 'an error that nobody caught', 'an older or newer database', 'an old backup is restored', 'the disk of logs and results is full',
  ] },
  { group: 'Availability and keys', first: 77, titles: [
    'the exchange is down for hours', 'too many requests', 'banned', 'too many orders', 'the key is refused', 'a key that can withdraw', 'a wrong signature', 'a redirect', 'slow and half-closed connections', 'reads fail and writes work',
  ] },
  { group: 'From outside', first: 87, titles: ['coins leave by hand', 'coins arrive', 'our order is cancelled by hand', 'another bot on the account', 'filters change', 'fees change', 'the test network is wiped'] },
  { group: 'Settings and operator', first: 94, titles: [
    'settings that are wrong', 'settings that make no sense together', 'settings edited while it runs', 'a strategy that flips every tick', 'restarting to escape limits', 'live without its keys', 'settings changed with a position open',
    'the kill switch', 'a strategy that misbehaves', "paper's ledger used for live", 'a command beside the service', 'numbers that are none reach an order', 'a secret on its way out', 'slow leaks', "another program uses up the exchange's limit",
  ] },
];

const NAME = /(['"`])(?:(?!\1)[^\\]|\\.)*?\bF(\d{2,3})\b(?:(?!\1)[^\\]|\\.)*?\1/g;

const tests = new Map();
for (const folder of ['src', 'test']) {
  for (const file of readdirSync(folder, { recursive: true }).sort((a, b) => (a < b ? -1 : 1))) {
    if (!/\.(spec|long)\.ts$/.test(file)) continue;
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [name] of text.matchAll(NAME)) {
      for (const [, id] of name.matchAll(/\bF(\d{2,3})\b/g)) {
        const files = tests.get(Number(id)) ?? new Map();
        const path = join(folder, file);
        files.set(path, (files.get(path) ?? 0) + 1);
        tests.set(Number(id), files);
      }
    }
  }
}

const lines = [
  '# Faults, and who provokes them',
  '',
  'What can go wrong, and the tests that make it go wrong. Written by `npm run docs` from the names of the tests; the whole bot meets most of',
  'these in the simulation as well (`npm run simulate`, `test/simulation/README.md`).',
  '',
];
let untested = 0;
for (const { group, first, titles } of CATALOGUE) {
  lines.push(`## ${group}`, '', '| id | fault | tests |', '| --- | --- | --- |');
  titles.forEach((title, i) => {
    const id = first + i;
    const files = tests.get(id);
    if (files === undefined) untested++;
    const cell = files === undefined ? 'none of its own' : [...files].map(([path, count]) => `${path}${count > 1 ? ` (${count})` : ''}`).join(', ');
    lines.push(`| F${String(id).padStart(2, '0')} | ${title} | ${cell} |`);
  });
  lines.push('');
}
const total = CATALOGUE.reduce((sum, { titles }) => sum + titles.length, 0);
lines.splice(5, 0, `${total - untested} of ${total} have tests of their own.`, '');
writeFileSync('docs/FAULTS.md', `${lines.join('\n').trimEnd()}\n`);
process.stdout.write(`docs/FAULTS.md: ${total - untested} of ${total} faults have tests of their own\n`);

// Merges hours of candles into a folder as a process of its own: `node store-child.mjs <folder> <from,to;from,to;…> [dies after so many
// operations on files]`. Uses the built program, as tests of whole processes do.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [folder, pieces, diesAfter = 'never'] = process.argv.slice(2);

let left = diesAfter === 'never' ? Infinity : Number(diesAfter);
for (const name of ['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync', 'linkSync', 'rmSync', 'mkdirSync']) {
  const operation = fs[name];
  fs[name] = (...args) => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
    return operation(...args);
  };
}
syncBuiltinESMExports();

const { CandleStore } = await import('../../dist/data/candle-store.js');
const { emptyRows } = await import('../../dist/data/candle-rows.js');

const HOUR_MS = 3_600_000;
const T0 = Date.UTC(2024, 0, 1);

/** The same candles as `rowsOfPiece`. */
function rowsOf(from, to) {
  const rows = emptyRows(to - from);
  for (let i = 0; i < to - from; i++) {
    const hour = from + i;
    const open = ((hour * 7919) % 10_007) / 100 + 1;
    rows.openTime[i] = T0 + hour * HOUR_MS;
    rows.open[i] = open;
    rows.close[i] = ((hour * 104_729) % 10_007) / 1000 + 1;
    rows.high[i] = Math.max(open, rows.close[i]) + 0.001;
    rows.low[i] = Math.min(open, rows.close[i]) / 2;
    rows.volume[i] = (hour % 5) / 10 ** (hour % 9);
  }
  return rows;
}

process.stdout.write('ready');
const store = new CandleStore(folder);
store.recover('BTC/USDT', '1h');
for (const piece of pieces.split(';')) {
  const [from, to] = piece.split(',').map(Number);
  store.merge('BTC/USDT', '1h', rowsOf(from, to), [{ from: T0 + from * HOUR_MS, to: T0 + to * HOUR_MS }]);
}

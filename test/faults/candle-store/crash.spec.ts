import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import * as real from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { hoursOf, pieceOf, rangeOf, rowsOfPiece, type Halts, type Piece } from '../../support/store-pieces.js';
import { filesOf } from '../../support/folder-files.js';
import { newTemporaryFolder } from '../../support/temporary-folder.js';

class Crash extends Error {}

/** Operations until the process dies; after that none does anything any more. */
let left = Infinity;
let operations = 0;

const CHANGING = ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'linkSync', 'rmSync', 'mkdirSync'] as const;
type Operation = (...args: unknown[]) => unknown;

function mortal(name: (typeof CHANGING)[number]): Operation {
  const operation = real[name] as unknown as Operation;
  return (...args) => {
    if (left <= 0) throw new Crash();
    operations++;
    if (--left === 0) {
      // A write is the one operation that death can leave half done.
      if (name === 'writeSync') operation(args[0], (args[1] as Uint8Array).subarray(0, (args[1] as Uint8Array).length / 2));
      throw new Crash();
    }
    return name === 'fsyncSync' ? undefined : operation(...args);
  };
}

jest.unstable_mockModule('node:fs', () => ({ ...real, ...Object.fromEntries(CHANGING.map((name) => [name, mortal(name)])) }));
const { CandleStore } = await import('../../../src/data/candle-store.js');

const RUNS = process.env['LONG_TESTS'] === '1' ? 300 : 25;
/** Of the operations with many rows, which take longer. */
const EVERY = RUNS > 100 ? 1 : 4;
const HOURS = 40;
const WHOLE: Piece = { from: 0, to: HOURS };
const FILE = 'BTC_USDT_1h.csv';
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;

function merge(folder: string, piece: Piece, halts: Halts): void {
  new CandleStore(folder).merge('BTC/USDT', '1h', rowsOfPiece(piece, halts), [rangeOf(piece)]);
}

/** Merges and dies on the way. @returns whether it came to that */
function mergeAndDie(folder: string, piece: Piece, halts: Halts, after: number): boolean {
  left = after;
  try {
    merge(folder, piece, halts);
    return false;
  } catch (error) {
    if (left > 0) throw error;
    return true;
  } finally {
    left = Infinity;
    bury(folder);
  }
}

/** Files that name their process name a dead one from now on; a lock without a name has aged. */
function bury(folder: string): void {
  for (const name of real.existsSync(folder) ? real.readdirSync(folder) : []) {
    const path = join(folder, name);
    if (name.endsWith('.lock')) {
      if (real.statSync(path).size > 0) real.writeFileSync(path, String(DEAD));
      else real.utimesSync(path, 1, 1);
    } else if (/\.lock\.\w+$/.test(name)) real.rmSync(path);
    else if (name.endsWith('.tmp')) real.renameSync(path, path.replace(/\.\d+\.([0-9a-f]{8}\.tmp)$/, `.${DEAD}.$1`));
  }
}

/** What is on disk is whole: every stretch said to be covered has all its candles, those merged before among them. */
function expectWhole(folder: string, merged: readonly Piece[], halts: Halts): void {
  const { rows, covered } = new CandleStore(folder).load('BTC/USDT', '1h');
  const hours = hoursOf(rows);
  const told = covered.map(pieceOf);
  for (const piece of [...told, ...merged]) {
    const expected = hoursOf(rowsOfPiece(piece, halts));
    expect(hours.filter((hour) => hour >= piece.from && hour < piece.to)).toEqual(expected);
    if (merged.includes(piece)) expect(told.some(({ from, to }) => from <= piece.from && to >= piece.to)).toBe(true);
  }
}

/** Hours come in pairs, for single candles far apart could be of any timeframe. */
const pair = fc.nat(HOURS / 2 - 1).map((half) => half * 2);
const piece = fc.tuple(pair, pair).map(([from, length]): Piece => ({ from, to: Math.min(HOURS, from + 2 + (length % 16)) }));
const halts = fc.uniqueArray(pair, { maxLength: 5 }).map((hours): Halts => new Set(hours.flatMap((hour) => [hour, hour + 1])));
const edges = fc.uniqueArray(pair, { maxLength: 6 }).map((cuts) => [0, ...cuts.filter((cut) => cut > 0).toSorted((a, b) => a - b), HOURS]);
/** Any pieces in any order with those that are missing for the whole, and the halts in them. */
const plans = fc
  .record({ pieces: fc.array(piece, { maxLength: 6 }), edges, halts, order: fc.array(fc.nat(100), { minLength: 12, maxLength: 12 }) })
  .map(({ pieces, edges, halts, order }) => {
    const all = [...pieces, ...edges.slice(1).map((to, i): Piece => ({ from: edges[i], to }))];
    const mixed = all.map((one, i) => [order[i % order.length], one] as const).toSorted(([a], [b]) => a - b).map(([, one]) => one);
    // Where nothing was ever there the exchange's silence has no file to be noted beside.
    const first = mixed.findIndex((one) => rowsOfPiece(one, halts).openTime.length > 0);
    return { pieces: [...mixed.slice(first), ...mixed.slice(0, first)], halts };
  });

function inNewFolder<T>(work: (folder: string) => T): T {
  const folder = newTemporaryFolder();
  try {
    return work(folder);
  } finally {
    real.rmSync(folder, { recursive: true });
  }
}

const clean = (halted: Halts): Readonly<Record<string, string>> =>
  inNewFolder((folder) => {
    merge(folder, WHOLE, halted);
    return filesOf(folder);
  });

describe('a candle file', () => {
  it('ends in the same bytes as after one clean fetch, whatever the pieces, their order, overlaps and repetitions', () => {
    fc.assert(
      fc.property(plans, ({ pieces, halts: halted }) => {
        inNewFolder((folder) => {
          for (const one of pieces) merge(folder, one, halted);
          expect(filesOf(folder)).toEqual(clean(halted));
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('ends in the same bytes wherever the process dies on the way, and is whole at every moment', () => {
    let deaths = 0;
    fc.assert(
      fc.property(plans, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }), ({ pieces, halts: halted }, after) => {
        inNewFolder((folder) => {
          const merged: Piece[] = [];
          pieces.forEach((one, i) => {
            if (mergeAndDie(folder, one, halted, after[i % after.length])) {
              deaths++;
              expectWhole(folder, merged, halted);
              merge(folder, one, halted);
            }
            merged.push(one);
            expectWhole(folder, merged, halted);
          });
          expect(filesOf(folder)).toEqual(clean(halted));
        });
      }),
      { numRuns: RUNS },
    );
    expect(deaths).toBeGreaterThan(RUNS);
  });

  it.each([
    { why: 'the file is new', before: [] },
    { why: 'rows are added at its end', before: [{ from: 0, to: 10 }] },
    { why: 'rows are added before and between', before: [{ from: 20, to: 25 }, { from: 30, to: 40 }] },
    { why: 'nothing but the note changes', before: [{ from: 0, to: 10 }, { from: 12, to: 40 }], halted: [10, 11] },
  ])('survives a death at every single operation when $why', ({ before, halted = [] }) => {
    const halts: Halts = new Set(halted);
    for (let after = 1; ; after++) {
      const died = inNewFolder((folder) => {
        for (const one of before) merge(folder, one, halts);
        const dies = mergeAndDie(folder, WHOLE, halts, after);
        expectWhole(folder, before, halts);
        merge(folder, WHOLE, halts);
        expect(filesOf(folder)).toEqual(clean(halts));
        return dies;
      });
      if (died) continue;
      expect(after).toBeGreaterThan(10);
      return;
    }
  });

  it('survives a death at any operation with columns beside it', () => {
    const many: Piece = { from: 0, to: 5100 };
    const count = inNewFolder((folder) => {
      merge(folder, many, new Set());
      const start = operations;
      merge(folder, { from: 0, to: 5110 }, new Set());
      return operations - start;
    });
    for (let after = 1; after <= count; after += EVERY) {
      inNewFolder((folder) => {
        merge(folder, many, new Set());
        mergeAndDie(folder, { from: 0, to: 5110 }, new Set(), after);
        merge(folder, { from: 0, to: 5110 }, new Set());
        expect(hoursOf(new CandleStore(folder).load('BTC/USDT', '1h').rows)).toHaveLength(5110);
        expect(Object.keys(filesOf(folder))).toEqual([FILE, `${FILE}.columns`, `${FILE}.coverage.json`]);
      });
    }
  });
});

import { rmSync } from 'node:fs';

import { CandleStore } from '../../../src/data/candle-store.js';
import { Random } from '../../../src/domain/random.js';
import { buildOnce } from '../../support/cli.js';
import { filesOf } from '../../support/folder-files.js';
import { rangeOf, rowsOfPiece, type Piece } from '../../support/store-pieces.js';
import { mergeInProcess } from '../../support/store-process.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const LENGTH = 10;
const ROUNDS = 100;

beforeAll(() => buildOnce(), 120_000);

/** Every second piece, in an order drawn by lot. */
function drawn(random: Random, first: number): Piece[] {
  const all = Array.from({ length: 10 }, (_, i): Piece => ({ from: (2 * i + first) * LENGTH, to: (2 * i + first + 1) * LENGTH }));
  for (let i = all.length - 1; i > 0; i--) {
    const k = random.integer(i + 1);
    [all[i], all[k]] = [all[k], all[i]];
  }
  return all;
}

describe('two processes that write the same candles', () => {
  it('end in the same bytes although one or both are killed at any moment, two hundred processes long', async () => {
    const whole: Piece = { from: 0, to: 20 * LENGTH };
    new CandleStore(inFolder('clean')).merge('BTC/USDT', '1h', rowsOfPiece(whole), [rangeOf(whole)]);
    const expected = filesOf(inFolder('clean'));
    const random = new Random(7);
    let deaths = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const folder = inFolder('shared');
      const parts = [drawn(random, 0), drawn(random, 1)];
      const ended = await Promise.all(parts.map((part) => mergeInProcess(folder, part, { afterMs: random.float() * 250 })));
      expect(ended.map(({ complaints }) => complaints)).toEqual(['', '']);
      deaths += ended.filter(({ died }) => died).length;
      // Whoever was killed is started again, together with the other one.
      const again = await Promise.all(parts.map((part) => mergeInProcess(folder, part)));
      expect(again).toEqual([{ died: false, complaints: '' }, { died: false, complaints: '' }]);
      expect(filesOf(folder)).toEqual(expected);
      rmSync(folder, { recursive: true });
    }
    process.stdout.write(`${deaths} of ${2 * ROUNDS} processes were killed on the way\n`);
    expect(deaths).toBeGreaterThan(50);
  }, 600_000);
});

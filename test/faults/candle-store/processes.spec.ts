import { CandleStore } from '../../../src/data/candle-store.js';
import { buildOnce } from '../../support/cli.js';
import { filesOf } from '../../support/folder-files.js';
import { hoursOf, pieceOf, rangeOf, rowsOfPiece, type Piece } from '../../support/store-pieces.js';
import { mergeInProcess } from '../../support/store-process.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const FILES = ['BTC_USDT_1h.csv', 'BTC_USDT_1h.csv.coverage.json'];

beforeAll(() => buildOnce(), 120_000);

/** The files after one merge of the whole. */
function clean(whole: Piece): Readonly<Record<string, string>> {
  new CandleStore(inFolder('clean')).merge('BTC/USDT', '1h', rowsOfPiece(whole), [rangeOf(whole)]);
  return filesOf(inFolder('clean'));
}

const pieces = (count: number, length: number, every = 1, first = 0): Piece[] =>
  Array.from({ length: count }, (_, i) => (first + i * every) * length).map((from) => ({ from, to: from + length }));

describe('processes that write the same candles', () => {
  it('lose nothing when two merge different parts at once', async () => {
    const folder = inFolder('shared');
    const [even, odd] = [pieces(15, 10, 2), pieces(15, 10, 2, 1)];
    const ended = await Promise.all([mergeInProcess(folder, even), mergeInProcess(folder, odd.toReversed())]);
    expect(ended).toEqual([{ died: false, complaints: '' }, { died: false, complaints: '' }]);
    expect(filesOf(folder)).toEqual(clean({ from: 0, to: 300 }));
  });

  it('leave whole files wherever one is killed, fifteen times over, and the next one finishes them', async () => {
    const whole: Piece = { from: 0, to: 40 };
    const expected = clean(whole);
    let deaths = 0;
    // Two merges take some sixty operations: lock, note, candles, note, each written beside, flushed and put in place.
    for (let after = 1; after < 60; after += 4) {
      const folder = inFolder(`killed-${after}`);
      const { died, complaints } = await mergeInProcess(folder, [{ from: 0, to: 20 }, whole], { afterOperations: after });
      expect(complaints).toBe('');
      if (died) deaths++;
      const { rows, covered } = new CandleStore(folder).load('BTC/USDT', '1h');
      expect([0, 20, 40]).toContain(rows.openTime.length);
      for (const piece of covered.map(pieceOf)) expect(hoursOf(rows).filter((hour) => hour < piece.to)).toEqual(hoursOf(rowsOfPiece(piece)));
      new CandleStore(folder).merge('BTC/USDT', '1h', rowsOfPiece(whole), [rangeOf(whole)]);
      expect(filesOf(folder)).toEqual(expected);
      expect(Object.keys(filesOf(folder))).toEqual(FILES);
    }
    expect(deaths).toBeGreaterThan(10);
  });
});

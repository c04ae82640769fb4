import { LedgerError } from '../../../src/domain/errors.js';
import { brief, PaperBench } from '../../support/bot/paper-bench.js';
import { scripted } from '../../support/bot/scripted-strategy.js';
import { candles } from '../../support/candle-builder.js';

const START = Date.UTC(2024, 0, 1);
const market = candles({ startMs: START }).flat(100, 20).build();

/** From the n-th write on, counted from now, the ledger refuses so many. */
function failWrites(bot: PaperBench, from: number, count: number, code: 'LEDGER.FULL' | 'LEDGER.BUSY' | 'LEDGER.READ_ONLY'): void {
  const { database } = bot;
  const write = database.write.bind(database);
  let n = 0;
  database.write = async (work) => {
    const at = n++;
    if (at >= from && at < from + count) throw new LedgerError(code, 'a test');
    return write(work);
  };
}

/** Bar 5 says buy: the writes of its tick are state, signal, judgement, intent, outcome. */
const WRITES = ['state', 'signal', 'judgement', 'intent', 'outcome'] as const;

describe('a ledger that cannot be written', () => {
  it.each(WRITES.slice(0, 4).flatMap((what, n) => (['LEDGER.FULL', 'LEDGER.BUSY', 'LEDGER.READ_ONLY'] as const).map((code) => [code, what, n] as const)))('F64 F68 %s at the %s: no order, and the next look makes up for it', async (code, _, n) => {
    const bot = await PaperBench.open(market, scripted(START, { 5: 1 }));
    failWrites(bot, n, 1, code);
    const report = await bot.tick(5);
    expect(report.outcome).toMatch(/^(skipped|refused)$/);
    expect(await bot.parts.orders.list({}, { limit: 5, offset: 0 })).toEqual([]);
    expect(brief(await bot.tick(5, 60_000))).toBe('traded SIGNAL.BUY');
  });

  it('F64 at the outcome ends the process, and the next one finds out; nothing is sent twice', async () => {
    const strategy = scripted(START, { 5: 1 });
    const bot = await PaperBench.open(market, strategy);
    failWrites(bot, 4, 1, 'LEDGER.FULL');
    await expect(bot.tick(5)).rejects.toMatchObject({ code: 'LEDGER.FULL' });
    bot.restart(strategy);
    // What was filled on paper without having been written down was never filled.
    expect(brief(await bot.tick(5, 60_000))).toBe('held HOLD.REPEATED');
    expect((await bot.parts.orders.list({}, { limit: 5, offset: 0 })).map(({ state }) => state)).toEqual(['ABSENT']);
  });
});

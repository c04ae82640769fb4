import { Candles } from '../../src/domain/candles.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { causality, type CausalityCheck } from '../../src/verify/causality.js';
import { CORPUS } from './corpus.js';

// What the proof of causality finds in every specimen: at how many of its cuts, and where first.

const BARS = 2000;
const FROM = Date.UTC(2024, 0, 1);
const CHECKS: readonly CausalityCheck[] = ['prefix', 'future', 'warmup'];

const candles = Candles.of('BTC/USDT', '1h', new SyntheticMarket(1).candles('BTC/USDT', '1h', FROM, FROM + BARS * 3_600_000));
const rows = CORPUS.map(({ name, cheat, strategy }) => {
  const { counts, violations } = causality(strategy, candles);
  const [first] = violations;
  const caught = violations.length > 0;
  return { name, verdict: caught === (cheat !== null) ? (caught ? 'caught' : 'honest') : caught ? 'ACCUSED' : 'MISSED', cells: CHECKS.map((check) => String(counts[check])), first: first === undefined ? '' : `${first.column} of bar ${first.row}: ${first.known} / ${first.whole}`, cheat: cheat ?? 'honest' };
});

process.stdout.write(`${'specimen'.padEnd(24)}${'verdict'.padEnd(9)}${CHECKS.map((check) => check.padStart(8)).join('')}  first difference\n`);
for (const { name, verdict, cells, first } of rows) process.stdout.write(`${name.padEnd(24)}${verdict.padEnd(9)}${cells.map((cell) => cell.padStart(8)).join('')}  ${first}\n`);
const wrong = rows.filter(({ verdict }) => verdict === 'ACCUSED' || verdict === 'MISSED');
process.stdout.write(`${rows.length} specimens, ${wrong.length} judged wrongly\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

import { BotConfig } from '../../src/config/bot-config.js';
import type { Candles } from '../../src/domain/candles.js';
import { parseDeclared } from '../../src/schema/parse.js';
import { runParity } from '../../src/verify/parity/run-parity.js';
import { describeWithRealCandles, realCandles } from '../support/real-candles.js';
import { strategyRegistry } from '../support/strategies.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const registry = await strategyRegistry();
const BARS = 1500;

/** Bars compared, with a halt of the exchange among the first of them and the whole warm-up before. */
function aboutAHalt(candles: Candles, warmupBars: number): Candles {
  for (let row = warmupBars + 50; row < candles.length; row++) {
    if (candles.missing[row] === 1) return candles.slice(row - 50 - warmupBars, Math.min(candles.length, row - 50 + BARS));
  }
  return candles.slice(0, warmupBars + BARS);
}

describeWithRealCandles('backtest and bot on recorded markets', () => {
  const cases = ['BTC_USDT_1h.csv.gz', 'ETH_USDT_1h.csv.gz', 'ADA_USDT_1h.csv.gz'].flatMap((file) => registry.names().map((name) => ({ file, name })));

  it.each(cases)('agree trade for trade: $name on $file', async ({ file, name }) => {
    const parsed = parseDeclared(BotConfig, { symbol: file.split('_').slice(0, 2).join('/'), backtest: { quantity_step: 0.00001, min_notional: 5 } });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const strategy = registry.bind(name, {});
    const candles = aboutAHalt(realCandles(file), strategy.warmupBars);
    expect(candles.missingBars).toBeGreaterThan(0);
    const verdict = await runParity({ config: parsed.value, strategy, candles, from: strategy.warmupBars, dataDir: inFolder('ledger'), restarts: 10 });
    expect(verdict).toMatchObject({ first: null, differences: 0, indicatorDifferences: 0 });
    expect(verdict.botHash).toBe(verdict.backtestHash);
  }, 300_000);
});

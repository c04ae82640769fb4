import { BotConfig } from '../../../src/config/bot-config.js';
import { Candles } from '../../../src/domain/candles.js';
import { SyntheticMarket } from '../../../src/exchange/synthetic-market.js';
import { backtestRules } from '../../../src/execution/paper/open-paper.js';
import { parseDeclared } from '../../../src/schema/parse.js';
import { replayBot } from '../../../src/verify/parity/replay-bot.js';
import { strategyRegistry } from '../../support/strategies.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const BARS = 30_000;
const FROM = Date.UTC(2024, 0, 1);
const MB = 2 ** 20;

describe('a bot that runs for years', () => {
  it('F107 keeps its memory and its open files where they were', async () => {
    const parsed = parseDeclared(BotConfig, { backtest: { quantity_step: 0.00001 }, risk: { max_orders_per_hour: 0, max_orders_per_day: 0, max_daily_loss_usd: 0, max_drawdown_usd: 0, max_consecutive_losses: 0 } });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const config = parsed.value;
    const strategy = (await strategyRegistry()).bind('sma_cross', { fast_window: 2, slow_window: 5 });
    const candles = Candles.of('BTC/USDT', '1h', new SyntheticMarket(1).candles('BTC/USDT', '1h', FROM, FROM + (BARS + strategy.warmupBars) * 3_600_000));
    const used: number[] = [];
    const watched = { ...strategy, frame: (rows: Candles) => (used.push(used.length % 1000 === 0 ? process.memoryUsage().rss : (used.at(-1) ?? 0)), strategy.frame(rows)) };
    const { ticks } = await replayBot({ config, strategy: watched, candles, from: strategy.warmupBars, rules: backtestRules(config), dataDir: inFolder('ledger'), restarts: 0, seed: 1 });
    expect(ticks).toBe(BARS);
    const [third, end] = [used[Math.floor(used.length / 3)], used[used.length - 1]];
    // Two thirds of the run, more than two years of hours: what leaks, leaks more than this.
    expect((end - third) / MB).toBeLessThan(48);
  }, 900_000);
});

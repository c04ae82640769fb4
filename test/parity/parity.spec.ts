import { BotConfig } from '../../src/config/bot-config.js';
import { Candles } from '../../src/domain/candles.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { parseDeclared } from '../../src/schema/parse.js';
import { runParity, type ParityVerdict } from '../../src/verify/parity/run-parity.js';
import { candles as builder } from '../support/candle-builder.js';
import { strategyRegistry } from '../support/strategies.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const registry = await strategyRegistry();
const FROM = Date.UTC(2024, 0, 1);

function configWith(document: Record<string, unknown>): BotConfig {
  const parsed = parseDeclared(BotConfig, document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

const market = (bars: number, seed = 1): Candles => Candles.of('BTC/USDT', '1h', new SyntheticMarket(seed).candles('BTC/USDT', '1h', FROM, FROM + bars * 3_600_000));
/** Short windows, so that little history is needed and much is traded. */
const SHORT: Record<string, Record<string, unknown>> = { sma_cross: { fast_window: 2, slow_window: 5 }, donchian_breakout: {}, bollinger_reversion: {} };

async function parityOf(name: string, candles: Candles, backtest: Record<string, unknown> = {}, more: { restarts?: number; mutation?: Record<string, unknown> } = {}): Promise<ParityVerdict> {
  const strategy = registry.bind(name, SHORT[name] ?? {});
  return runParity({ config: configWith({ backtest }), strategy, candles, from: Math.min(strategy.warmupBars, candles.length - 1), dataDir: inFolder('ledger'), ...more });
}

describe('backtest and bot', () => {
  it.each([
    { name: 'sma_cross', backtest: { quantity_step: 0.00001, min_notional: 5 } },
    { name: 'donchian_breakout', backtest: { quantity_step: 0.00001, fee_from: 'quote' } },
    { name: 'bollinger_reversion', backtest: { quantity_step: 0, slippage_bps: 7.5 } },
  ])('agree trade for trade: $name, $backtest', async ({ name, backtest }) => {
    const warmup = registry.bind(name, SHORT[name] ?? {}).warmupBars;
    const verdict = await parityOf(name, market(warmup + 400), backtest, { restarts: 5 });
    expect(verdict).toMatchObject({ first: null, differences: 0, indicatorDifferences: 0, bars: 400, ticks: 400 });
    expect(verdict.botHash).toBe(verdict.backtestHash);
    expect(verdict.fills).toBeGreaterThan(3);
  });

  it('agree over halts of the market: what waits fills at the first real open, and a contrary signal calls it off', async () => {
    const { warmupBars } = registry.bind('sma_cross', SHORT['sma_cross']);
    let story = builder().flat(100, warmupBars);
    for (let k = 0; k < 12; k++) story = story.ramp(100, 112, 6).gap(1 + (k % 3)).ramp(112, 98, 5 + (k % 4)).gap(k % 2).ramp(98, 100, 4);
    const verdict = await parityOf('sma_cross', story.build(), { quantity_step: 0.00001 }, { restarts: 6 });
    expect(verdict).toMatchObject({ first: null, differences: 0 });
    expect(verdict.fills).toBeGreaterThan(10);
  });

  it.each([
    { mutation: { fill: 'close' }, field: /^(fill|price|decision)$/ },
    { mutation: { fee_rate: 0.002 }, field: /^(fee|quantity|equity)$/ },
    { mutation: { slippage_bps: 3 }, field: /^(price|quantity)$/ },
    { mutation: { quantity_step: 0.001 }, field: /^(quantity|fill)$/ },
  ])('are told apart when only the backtest is given $mutation', async ({ mutation, field }) => {
    const warmup = registry.bind('sma_cross', SHORT['sma_cross']).warmupBars;
    const { differences, first } = await parityOf('sma_cross', market(warmup + 120), { quantity_step: 0.00001 }, { mutation });
    expect(differences).toBeGreaterThan(0);
    expect(first?.field).toMatch(field);
    expect(first?.cause).toBeTruthy();
  });
});

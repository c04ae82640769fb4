import { ScriptedMarket } from '../../../test/support/paper/paper-bench.js';
import { candles } from '../../../test/support/candle-builder.js';
import { VirtualClock } from '../../../test/support/virtual-clock.js';
import { BotConfig } from '../../config/bot-config.js';
import type { CandleSource, DataHandler } from '../../data/data-handler.js';
import type { MarketClient, MarketClients } from '../../exchange/market-client.js';
import { parseDeclared } from '../../schema/parse.js';
import { backtestRules, openPaper, type PaperDesk } from './open-paper.js';

const NOON = Date.UTC(2024, 0, 1, 12);
const TRADES = { positions: () => Promise.resolve([]) };
const EXCHANGE = { kind: 'exchange', exchange: 'kraken', timeoutMs: 2000, cacheDir: 'x', offline: false } as const;

function settings(raw: object): BotConfig {
  const parsed = parseDeclared(BotConfig, raw);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

/** Opens a desk where only what is given may be asked. */
async function open(config: BotConfig, source: CandleSource, { data, markets }: { data?: Partial<DataHandler>; markets?: Partial<MarketClients> } = {}): Promise<PaperDesk> {
  return openPaper(config, { trades: TRADES, clock: new VirtualClock(null, NOON + 5000), source, data: data as DataHandler, markets: markets as MarketClients });
}

describe('paper trading by the settings', () => {
  it('on the made-up market asks nobody', async () => {
    const { account, executor } = await open(settings({ symbol: 'ETH/BTC', data: { source: 'built-in' }, backtest: { initial_capital: 12.5 } }), { kind: 'built-in', seed: 1 });
    expect([account.exchange, executor.exchange, executor.mode]).toEqual(['built-in', 'built-in', 'paper']);
    expect(await account.balances()).toEqual({ BTC: { free: '12.5', locked: '0' } });
    expect(await account.serverTime()).toBe(NOON + 5000);
    expect(await executor.fillPrice('ETH/BTC', 'buy', NOON + 5000)).toBeGreaterThan(0);
  });

  it('on an exchange opens its public side, with the deadline of the settings', async () => {
    const market = new ScriptedMarket();
    const opened: unknown[] = [];
    const client = { bookTop: () => market.bookTop(), candles: () => Promise.resolve([[NOON, 42_000, 42_000, 42_000, 42_000, 1]]) } as unknown as MarketClient;
    const markets = { open: (...told: unknown[]) => Promise.resolve((opened.push(told), client)) };
    const { account, executor } = await open(settings({ exchange: { id: 'kraken' }, backtest: { slippage_bps: 100 } }), EXCHANGE, { markets });
    expect(opened).toEqual([['kraken', { timeoutMs: 2000 }]]);
    expect(account.exchange).toBe('kraken');
    expect(await account.bookTop('BTC/USDT')).toBe(market.book);
    // 1 % of slippage on the candle's open.
    expect(await executor.fillPrice('BTC/USDT', 'sell', NOON + 5000)).toBe(42_000 * 0.99);
  });

  it('offline takes the last close of the folder', async () => {
    const data = { history: () => Promise.resolve({ candles: candles().closes(100, 99.5).build(), from: 0 }) };
    const { account, executor } = await open(settings({ data: { offline: true }, backtest: { slippage_bps: 0 } }), { ...EXCHANGE, exchange: 'binance', offline: true }, { data });
    expect((await account.rules('BTC/USDT')).lotStep).toBe('0.00001');
    expect(await executor.fillPrice('BTC/USDT', 'buy', NOON + 5000)).toBe(99.5);
  });

  it('knows the rules of a backtest with the same settings', () => {
    expect(backtestRules(settings({ backtest: { quantity_step: 0.00001, min_notional: 5 } }))).toMatchObject({ lotStep: '0.00001', minQuantity: '0.00001', marketLotStep: '0', minNotional: '5', priceStep: '0' });
    expect(backtestRules(settings({}))).toMatchObject({ lotStep: '0', minNotional: '0', maxQuantity: '0' });
  });
});

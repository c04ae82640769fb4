import { rulesOf } from '../../backtest/backtester.service.js';
import { BotConfig } from '../../config/bot-config.js';
import type { Candles } from '../../domain/candles.js';
import { ConfigError } from '../../domain/errors.js';
import { backtestRules } from '../../execution/paper/open-paper.js';
import { parseDeclared, toDocument } from '../../schema/parse.js';
import type { BoundStrategy } from '../../strategy/trading-strategy.js';
import { botRows } from './bot-rows.js';
import { engineRows } from './engine-rows.js';
import { compareRows, type ParityComparison } from './parity-difference.js';
import { logHash } from './parity-row.js';
import { replayBot } from './replay-bot.js';

export interface ParityRequest {
  readonly config: BotConfig;
  readonly strategy: BoundStrategy;
  /** Warm-up included. */
  readonly candles: Candles;
  /** First bar compared. */
  readonly from: number;
  /** Folder of the replay's ledger; empty. */
  readonly dataDir: string;
  readonly restarts?: number;
  readonly seed?: number;
  /** Settings that only the backtest is given, in the user's spelling: to see that a difference is found. */
  readonly mutation?: Readonly<Record<string, unknown>>;
}

export interface ParityVerdict extends ParityComparison {
  readonly strategy: string;
  /** Of the canonical log of each wing. */
  readonly backtestHash: string;
  readonly botHash: string;
  readonly ticks: number;
}

/**
 * The statement that backtest and bot agree, trade for trade: the same candles through the backtester's engine and through the real
 * `runOnce` with the paper executor and a ledger on disk, compared bar by bar.
 *
 * The bot is sized and limited as a backtest is: purchases of risk.max_position_size_usd at the next open, and no gate that a backtest does
 * not have. What a gate refuses is a difference that is wanted, and no matter of parity.
 */
export async function runParity({ config, strategy, candles, from, dataDir, restarts = 0, seed = 1, mutation = {} }: ParityRequest): Promise<ParityVerdict> {
  const botConfig = withoutGates(config, {});
  const rules = backtestRules(botConfig);
  const backtest = engineRows(strategy, candles, from, rulesOf(withoutGates(config, mutation)));
  const { signals, fills, ticks } = await replayBot({ config: botConfig, strategy, candles, from, rules, dataDir, restarts, seed });
  const bot = botRows(candles, from, signals, fills, rules, botConfig.backtest.initialCapital);
  return { strategy: strategy.name, ...compareRows(backtest, bot), backtestHash: logHash(backtest), botHash: logHash(bot), ticks };
}

/** Every limit of the gate off; what a backtest cannot set stands as it is for both. */
function withoutGates(config: BotConfig, mutation: Readonly<Record<string, unknown>>): BotConfig {
  const { max_position_size_usd } = toDocument(config.risk);
  const parsed = parseDeclared(BotConfig, {
    ...toDocument(config),
    execution_mode: 'paper',
    backtest: { ...toDocument(config.backtest), sizing: 'fixed_quote', fill: 'next_open', ...mutation },
    risk: {
      max_position_size_usd,
      max_order_value_usd: 1e9,
      max_orders_per_hour: 0,
      max_orders_per_day: 0,
      max_daily_loss_usd: 0,
      max_drawdown_usd: 0,
      max_consecutive_losses: 0,
      max_price_deviation_bps: 0,
      max_spread_bps: 0,
      max_consecutive_errors: 0,
    },
  });
  if (!parsed.ok) throw new ConfigError(parsed.problems.map(({ path, message }) => ({ path: path.startsWith('backtest.') ? `--mutate (${path})` : path, message })));
  return parsed.value;
}

import { Command } from 'nest-commander';

import { judgeHeartbeat, type Health } from '../../bot/heartbeat.js';
import type { BotConfig } from '../../config/bot-config.js';
import { rounded } from '../../domain/decimal.js';
import { LedgerError } from '../../domain/errors.js';
import { isoTime, shortTime } from '../../domain/instant.js';
import { UNRESOLVED_STATES, WORKING_STATES } from '../../domain/order.js';
import type { OrderEntity } from '../../persistence/entities/order.entity.js';
import type { SignalEntity } from '../../persistence/entities/signal.entity.js';
import type { HeldPosition, PnlRow } from '../../persistence/repositories/trade-repository.js';
import type { RiskMemory } from '../../risk/risk-memory.js';
import { configFileOf } from '../data/data-flags.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { readHeartbeat } from './healthcheck.command.js';
import { BOT_FLAGS } from './operator-flags.js';
import { operatorFiles, readMemory } from './operator-ledger.js';

/** What the ledger knows; null where there is none yet. */
interface Known {
  readonly memory: RiskMemory;
  readonly positions: readonly HeldPosition[];
  readonly pnl: readonly PnlRow[];
  readonly last: SignalEntity | null;
  readonly open: readonly OrderEntity[];
}

interface Service {
  readonly health: Health;
  readonly nextTickAt: string | null;
  readonly killedBy: string | null;
}

const MOST_LISTED = 20;

@Command({ name: 'status', description: 'Show where the bot stands: state, position, result, the last decision and why, orders that are open, the next look, health.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([JSON_FLAG, CONFIG_FLAG])
export class StatusCommand extends LedgerCommand {
  async run(_args: string[], options: Options): Promise<void> {
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const known = await this.known(config);
    const beat = readHeartbeat(config.storage.dataDir);
    const service = { health: judgeHeartbeat(beat, Date.now()), nextTickAt: nextTickOf(beat), killedBy: operatorFiles(config).killedBy() };
    this.print(options['json'] === true ? JSON.stringify(document(config, known, service), null, 2) : text(config, known, service));
  }

  private async known(config: BotConfig): Promise<Known | null> {
    const { botId, executionMode: mode, symbol, storage } = config;
    try {
      const memory = await readMemory(config);
      return await this.ask(storage.dataDir, async ({ signals, orders, trades }) => {
        const [last] = await signals.list({ botId, mode, symbol }, { limit: 1, offset: 0 });
        const open = await orders.list({ botId, mode, states: [...UNRESOLVED_STATES, ...WORKING_STATES] }, { limit: MOST_LISTED, offset: 0 });
        return { memory, positions: await trades.positions({ botId, mode }), pnl: await trades.pnl({ botId, mode }, 'total'), last: last ?? null, open };
      });
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'LEDGER.NONE') return null;
      throw error;
    }
  }
}

function nextTickOf(beat: string | null): string | null {
  try {
    const { next_tick_at: next } = JSON.parse(beat ?? '{}') as { next_tick_at?: unknown };
    return typeof next === 'string' ? next : null;
  } catch {
    return null;
  }
}

function document({ botId, executionMode, symbol, timeframe, strategy }: BotConfig, known: Known | null, { health, nextTickAt, killedBy }: Service): Record<string, unknown> {
  return {
    bot_id: botId,
    mode: executionMode,
    symbol,
    timeframe,
    strategy: strategy.name,
    state: known === null ? null : { level: known.memory.level, code: known.memory.code, reason: known.memory.reason, since: known.memory.since },
    kill_switch: killedBy,
    positions: (known?.positions ?? []).map(({ exchange, symbol: market, holding, quantity, cost, realised, unrealised, price, priceAt, fees }) => ({ exchange, symbol: market, holding, quantity, cost, realised, unrealised, price, price_from: priceAt, fees })),
    pnl: (known?.pnl ?? []).map(({ quoteAsset, realised, fees, fills }) => ({ quote_asset: quoteAsset, realised, fees, fills })),
    last_decision:
      known === null || known.last === null
        ? null
        : { candle_open_time: known.last.candleOpenTime, value: known.last.value, decision: known.last.decision, reason: known.last.reason, close: known.last.candle.close, indicators: known.last.indicators, decided_at: known.last.decidedAt },
    unresolved: (known?.open ?? []).map(({ clientOrderId, side, quantity, executedQuantity, state, plannedAt }) => ({ client_order_id: clientOrderId, side, quantity, executed_quantity: executedQuantity, state, planned_at: plannedAt })),
    service: { healthy: health.healthy, words: health.words, next_tick_at: nextTickAt },
  };
}

const CENTS = 8;

function text({ botId, executionMode, symbol, timeframe, strategy }: BotConfig, known: Known | null, { health, nextTickAt, killedBy }: Service): string {
  return [
    `${botId} (${executionMode}) trades ${symbol} ${timeframe} by ${strategy.name}`,
    ...(known === null ? ['  state     no ledger yet: the bot has never run here'] : stateLines(known)),
    ...(killedBy === null ? [] : [`  kill switch thrown by ${killedBy}: no order is sent`]),
    `  service   ${health.words}${health.healthy && nextTickAt !== null ? `; next look ${shortTime(Date.parse(nextTickAt))} UTC` : ''}`,
  ].join('\n');
}

function stateLines({ memory, positions, pnl, last, open }: Known): string[] {
  const { level, code, reason, since } = memory;
  return [
    `  state     ${level}${level === 'ACTIVE' ? '' : ` since ${since === null ? 'the beginning' : isoTime(since)} (${code ?? 'no code'}: ${reason})`}`,
    ...(positions.length === 0 ? ['  position  nothing traded yet'] : positions.map((held) => `  position  ${held.symbol}: ${held.holding}${held.holding === 'flat' ? '' : ` ${held.quantity} ${held.baseAsset}, cost ${rounded(held.cost, CENTS)}, unrealised ${rounded(held.unrealised, CENTS)} ${held.quoteAsset} at ${held.price}`}`)),
    ...pnl.map(({ realised, quoteAsset, fills }) => `  result    realised ${rounded(realised, CENTS)} ${quoteAsset} in ${fills} fills`),
    last === null ? '  decision  none yet' : `  decision  bar ${shortTime(last.candleOpenTime)} UTC, close ${last.candle.close}: says ${last.value}, ${last.decision} (${last.reason})`,
    ...open.map(({ state, side, quantity, symbol, clientOrderId }) => `  ! order   ${state} ${side} ${quantity} ${symbol} (${clientOrderId})`),
  ];
}

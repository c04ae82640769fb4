import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { TickReport } from '../bot/tick-report.js';
import type { Teller } from '../notify/notice.js';
import type { StatusBoard } from './status-board.js';

export interface MetricsSources {
  readonly teller: Teller;
  readonly strategy: string;
  readonly board: StatusBoard;
  /** Share of the requests that the exchange allows in a minute, 0 to 1; null where it is not known. Asks nobody. */
  readonly weightUsed: () => number | null;
  /** Messages that wait to be sent. */
  readonly pendingMessages: () => number;
}

const LEVELS: Readonly<Record<TickReport['level'], number>> = { ACTIVE: 0, REDUCING: 1, HALTED: 2 };
/** Of one label; what comes later is counted as OTHER, or a receiver would keep a series for each for ever. */
const MOST_VALUES = 100;
const OTHER = 'OTHER';
const MS = 1000;

/** What Prometheus reads. Every number comes from the last tick's report or from this very process. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly reasons = new Set<string>();
  private halted = false;
  private readonly ticks: Counter<'outcome'>;
  private readonly byReason: Counter<'reason'>;
  private readonly orders: Counter<'side' | 'state'>;
  private readonly halts: Counter;
  private readonly took: Histogram;

  constructor({ teller, strategy, board, weightUsed, pendingMessages }: MetricsSources) {
    const { registry } = this;
    const registers = [registry];
    this.ticks = new Counter({ name: 'trading_bot_ticks_total', help: 'Ticks, by how they ended.', labelNames: ['outcome'], registers });
    this.byReason = new Counter({ name: 'trading_bot_tick_reasons_total', help: 'Ticks, by the reason for what they did.', labelNames: ['reason'], registers });
    this.orders = new Counter({ name: 'trading_bot_orders_total', help: 'Orders that a tick ended with, by side and state.', labelNames: ['side', 'state'], registers });
    this.halts = new Counter({ name: 'trading_bot_halts_total', help: 'Times that the bot was found HALTED after it was not.', registers });
    this.took = new Histogram({ name: 'trading_bot_tick_duration_seconds', help: 'How long ticks took.', buckets: [0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60], registers });
    const gauge = (name: string, help: string, value: () => number | null): void => {
      const shown: Gauge = new Gauge({
        name,
        help,
        registers: [],
        collect() {
          // No value is no number, not zero.
          const read = value();
          if (read === null) this.remove();
          else this.set(read);
        },
      });
      registry.registerMetric(shown);
    };
    const info = new Gauge({ name: 'trading_bot_info', help: 'Which bot it is; always 1.', labelNames: ['bot_id', 'mode', 'market', 'strategy'], registers });
    info.set({ bot_id: teller.botId, mode: teller.mode, market: teller.market, strategy }, 1);
    gauge('trading_bot_level', '0 ACTIVE, 1 REDUCING, 2 HALTED.', () => (board.last === null ? null : LEVELS[board.last.level]));
    gauge('trading_bot_findings', 'What stood against trading at the last tick: number of findings.', () => board.last?.findings.filter(({ stops }) => stops !== 'nothing').length ?? null);
    gauge('trading_bot_position_coins', 'Coins that the bot holds.', () => coinsOf(board.last));
    gauge('trading_bot_position_value_quote', 'Their value at the close of the last candle, quote currency.', () => valueOf(board.last));
    gauge('trading_bot_equity_quote', 'Quote currency of the account, free and locked, and the coins of the bot at the close of the last candle.', () => equityOf(board.last));
    gauge('trading_bot_last_close_quote', 'Close of the last candle that was decided on, quote currency.', () => board.last?.bar?.close ?? null);
    gauge('trading_bot_seconds_since_last_tick', 'Seconds since the last tick ended; before the first one since the service began.', () => board.quietMs / MS);
    gauge('trading_bot_exchange_weight_ratio', 'Share of the requests that the exchange allows in a minute that is used, 0 to 1.', weightUsed);
    gauge('trading_bot_pending_messages', 'Notifications that wait to be sent.', pendingMessages);
    collectDefaultMetrics({ register: registry });
  }

  see({ outcome, reason, order, level, tookMs }: TickReport): void {
    this.ticks.inc({ outcome });
    this.byReason.inc({ reason: this.known(reason) });
    if (order !== null) this.orders.inc({ side: order.side, state: order.state });
    if (level === 'HALTED' && !this.halted) this.halts.inc();
    this.halted = level === 'HALTED';
    this.took.observe(tookMs / MS);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Names of all of them. */
  names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }

  private known(reason: string): string {
    if (this.reasons.size < MOST_VALUES) this.reasons.add(reason);
    return this.reasons.has(reason) ? reason : OTHER;
  }
}

function coinsOf(report: TickReport | null): number | null {
  return report === null || report.position === null ? null : Number(report.position.quantity);
}

function valueOf(report: TickReport | null): number | null {
  const coins = coinsOf(report);
  return coins === null || report === null || report.bar === null ? null : coins * report.bar.close;
}

function equityOf(report: TickReport | null): number | null {
  const value = valueOf(report);
  return value === null || report === null || report.quoteInAccount === null ? null : Number(report.quoteInAccount) + value;
}

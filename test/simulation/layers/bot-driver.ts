import { assembleBot, type AssembledBot } from '../../../src/bot/assemble-bot.js';
import { AskPrices } from '../../../src/bot/entry-prices.js';
import type { TickReport } from '../../../src/bot/tick-report.js';
import { BotConfig } from '../../../src/config/bot-config.js';
import type { DecimalText } from '../../../src/domain/decimal.js';
import { BinanceExecutor } from '../../../src/execution/binance-executor.js';
import { OperatorFiles } from '../../../src/files/operator-files.js';
import type { Ledger } from '../../../src/persistence/open-ledger.js';
import { AdjustmentRepository } from '../../../src/persistence/repositories/adjustment-repository.js';
import { OperatorKillSwitch } from '../../../src/risk/kill-switch.js';
import type { RiskLevel } from '../../../src/risk/risk-types.js';
import type { RunningBot, TickSummary } from '../layer.js';
import type { SimulatedWorld } from '../world/simulated-world.js';
import { drawnStrategy } from './drawn-strategy.js';
import { actAsOperator } from './operator.js';
import { simulatedData } from './simulated-data.js';
import { BOOK, riskOf, tradingClient } from './trading-parts.js';

/** The whole bot, as the service makes it: candles, strategy, gate, orders. */
export class BotDriver implements RunningBot {
  private constructor(
    private readonly world: SimulatedWorld,
    private readonly made: AssembledBot,
    private readonly adjustments: AdjustmentRepository,
  ) {}

  static async start(world: SimulatedWorld, { database }: Ledger): Promise<BotDriver> {
    const { clock, storage } = world;
    const client = await tradingClient(world);
    const requests = new OperatorFiles(storage.folder, 'KILL');
    const made = assembleBot({
      config: configOf(world),
      strategy: drawnStrategy(),
      ...simulatedData(world),
      database,
      account: client,
      executor: new BinanceExecutor(client, clock),
      prices: new AskPrices(),
      killSwitch: new OperatorKillSwitch(requests, {}),
      requests,
      allowWithdrawals: false,
      clock,
      random: () => world.draws.nextU32() / 2 ** 32,
    });
    return new BotDriver(world, made, new AdjustmentRepository(database));
  }

  async tick(): Promise<TickSummary> {
    return this.summaryOf(await this.made.bot.runOnce(this.world.nowMs));
  }

  async reconcile(): Promise<number> {
    return (await this.made.reconciler.reconcile(this.world.nowMs)).changes;
  }

  level(): Promise<RiskLevel> {
    return this.made.states.level();
  }

  operate(): Promise<DecimalText> {
    return actAsOperator(this.world, { ...this.made, adjustments: this.adjustments });
  }

  private async summaryOf({ outcome, reason, message, level, findings, lookAgainMs }: TickReport): Promise<TickSummary> {
    const against = findings.filter(({ stops }) => stops !== 'nothing').map((finding) => `${finding.code}: ${finding.message}`);
    const troubles = [...(outcome === 'skipped' ? [`${reason}: ${message ?? ''}`] : []), ...(level === 'ACTIVE' ? [] : [`${level} (${reason}: ${message ?? ''})`]), ...against];
    const unresolved = await this.made.orders.unresolved(BOOK);
    return { level, isNormal: troubles.length === 0 && unresolved.length === 0, why: troubles.join('; '), findings, lookAgainMs };
  }
}

function configOf(world: SimulatedWorld): BotConfig {
  const config = Object.assign(new BotConfig(), { executionMode: 'live', botId: BOOK.botId, symbol: BOOK.symbol, timeframe: BOOK.timeframe, risk: riskOf(world) });
  config.execution.orderType = world.seed % 3 === 0 ? 'market' : 'limit_ioc';
  return config;
}

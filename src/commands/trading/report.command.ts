import { join } from 'node:path';

import { Command } from 'nest-commander';

import { BacktesterService, rulesOf } from '../../backtest/backtester.service.js';
import { BotConfig } from '../../config/bot-config.js';
import { ConfigLoader } from '../../config/config-loader.service.js';
import { DataHandler } from '../../data/data-handler.js';
import { sourceOf } from '../../data/source-of.js';
import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import { barOpenAt, barOpenFrom, DAY_MS } from '../../domain/timeframe.js';
import type { BotPeriod } from '../../report/bot/bot-period.js';
import type { BotReport } from '../../report/bot/bot-report.js';
import type { PriceView } from '../../report/html/page-model.js';
import { isPlainObject } from '../../schema/fields.js';
import { parseDeclared, toDocument } from '../../schema/parse.js';
import { StrategyRegistry } from '../../strategy/strategy.registry.js';
import { configFileOf } from '../data/data-flags.js';
import { HTML_FLAG } from '../html-flag.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS } from './operator-flags.js';

const USUAL_DAYS = 30;
const MOST_DAYS = 3650;

interface Told {
  readonly report: BotReport;
  readonly view: PriceView;
}

@Command({ name: 'report', description: 'Report what the bot really did, from its ledger: result, trades, slippage measured against slippage assumed, and the backtest of the same bars beside it.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([{ flags: '--days <number>', help: `Days to report, up to the last closed candle (default: ${USUAL_DAYS}).` }, HTML_FLAG, JSON_FLAG, CONFIG_FLAG])
export class ReportCommand extends LedgerCommand {
  constructor(
    configs: ConfigLoader,
    private readonly strategies: StrategyRegistry,
    private readonly data: DataHandler,
    private readonly backtester: BacktesterService,
  ) {
    super(configs);
  }

  async run(_args: string[], options: Options): Promise<void> {
    const days = daysOf(options['days']);
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const nowMs = Date.now();
    const page = options['html'] === undefined ? null : await import('../report-page.js');
    const path = page?.pagePath(options['html'], join(config.storage.resultsDir, `report_${config.botId}_${config.executionMode}_${isoTime(nowMs).slice(0, 10)}`)) ?? null;
    const told = await this.tell(config, days, nowMs);
    if (page !== null && path !== null) {
      const { botPage } = await import('../../report/html/bot-page.js');
      page.writePage(path, botPage(told.report, told.view));
      this.say(`Page written to ${path}`);
    }
    const [{ botText }, { botDocument }] = await Promise.all([import('../../report/bot/bot-text.js'), import('../../report/bot/bot-document.js')]);
    this.print(options['json'] === true ? JSON.stringify(botDocument(told.report), null, 2) : botText(told.report));
  }

  /** Ledger and arithmetic are loaded here, and not before. */
  private async tell(config: BotConfig, days: number, nowMs: number): Promise<Told> {
    const [{ botAccount }, { botReport }, { priceView }] = await Promise.all([import('../../report/bot/bot-account.js'), import('../../report/bot/bot-report.js'), import('../../report/html/price-view.js')]);
    const { symbol, timeframe } = config;
    const strategy = this.strategies.bindConfigured(config.strategy, timeframe);
    const period = await this.period(config, days, nowMs);
    const { candles, from } = await this.data.history({ symbol, timeframe, source: sourceOf(config), fromMs: period.fromMs, toMs: period.toMs, warmupBars: strategy.warmupBars, nowMs });
    const view = priceView(candles, from, strategy);
    const account = botAccount(period, view.candles, config.backtest.initialCapital);
    const beside = configBeside(config, period, account.curve[0]);
    const test = await this.backtester.run({ config: beside, nowMs });
    return { report: botReport({ period, account, candles: view.candles, test, rules: rulesOf(beside) }), view };
  }

  /** The days asked for, or those since the bot first looked at this market, whichever are fewer. @throws ConfigError where it never did */
  private async period({ botId, executionMode: mode, symbol, timeframe, storage }: BotConfig, days: number, nowMs: number): Promise<BotPeriod> {
    const { firstLook, readPeriod } = await import('../../report/bot/read-period.js');
    const toMs = barOpenAt(nowMs, timeframe);
    const key = { botId, mode, symbol };
    return this.ask(storage.dataDir, async (queries) => {
      const first = await firstLook(queries, key, timeframe);
      if (first === null || first >= toMs) throw new ConfigError([{ path: '--mode (execution_mode), bot_id, symbol, timeframe', message: `${botId} (${mode}) has decided nothing about ${symbol} ${timeframe} yet; \`signals\` lists what was decided` }], 'There is nothing to report');
      return readPeriod(queries, key, timeframe, Math.max(barOpenFrom(toMs - days * DAY_MS, timeframe), first), toMs);
    });
  }
}

function daysOf(given: unknown): number {
  if (given === undefined) return USUAL_DAYS;
  const text = typeof given === 'string' ? given : '';
  const days = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new ConfigError([{ path: '--days', message: `must be a whole number from 1 to ${MOST_DAYS}, was "${text}"` }], 'Cannot use these flags');
}

/** The settings of the backtest beside the bot: its bars, its money, and purchases of its size, filled when a bot's are. */
function configBeside(config: BotConfig, { fromMs, toMs }: BotPeriod, capital: number): BotConfig {
  const document = toDocument(config);
  const backtest = isPlainObject(document['backtest']) ? document['backtest'] : {};
  const parsed = parseDeclared(BotConfig, { ...document, backtest: { ...backtest, start: isoTime(fromMs), end: isoTime(toMs), initial_capital: capital, sizing: 'fixed_quote', fill: 'next_open' } });
  if (!parsed.ok) throw new ConfigError(parsed.problems, 'No backtest can be run beside the bot');
  return parsed.value;
}

import { Command } from 'nest-commander';

import { ConfigLoader } from '../../config/config-loader.service.js';
import { DataHandler } from '../../data/data-handler.js';
import { sourceOf } from '../../data/source-of.js';
import { ConfigError } from '../../domain/errors.js';
import { isoTime } from '../../domain/instant.js';
import { StrategyRegistry } from '../../strategy/strategy.registry.js';
import { configFileOf, dateOf } from '../data/data-flags.js';
import { LedgerCommand } from '../ledger/ledger-base.command.js';
import { CONFIG_FLAG, JSON_FLAG, LedgerFlags, type Options } from '../ledger/ledger-flags.decorator.js';
import { givenFlags, SettingFlags } from '../setting-flags.decorator.js';
import { BOT_FLAGS } from './operator-flags.js';

@Command({ name: 'why', description: 'Tell all there is to know of one decision: candle, indicators, signal, every gate with its numbers, the size, the order and its fills.' })
@SettingFlags(BOT_FLAGS)
@LedgerFlags([{ flags: '--at <time>', help: 'A moment of the bar, UTC, e.g. 2024-01-31T12:00Z.' }, JSON_FLAG, CONFIG_FLAG])
export class WhyCommand extends LedgerCommand {
  constructor(
    configs: ConfigLoader,
    private readonly strategies: StrategyRegistry,
    private readonly data: DataHandler,
  ) {
    super(configs);
  }

  async run(_args: string[], options: Options): Promise<void> {
    const atMs = dateOf(options, 'at');
    const { config } = this.configs.load(givenFlags(BOT_FLAGS, options), configFileOf(options));
    const { botId, executionMode: mode, symbol, storage } = config;
    const strategy = this.strategies.bindConfigured(config.strategy, config.timeframe);
    const [{ decisionStory }, { recompute }, { whyText, whyDocument }] = await Promise.all([import('../../persistence/decision-story.js'), import('../../bot/recompute.js'), import('./why-text.js')]);
    const story = await this.ask(storage.dataDir, ({ reader }) => reader.read((view) => decisionStory(view, { botId, mode, symbol }, atMs)));
    if (story === null) throw new ConfigError([{ path: '--at', message: `nothing was decided about ${symbol} by ${botId} (${mode}) at or before ${isoTime(atMs)}; \`signals\` lists what was` }], 'There is nothing to tell');
    const recomputed = await recompute(story.signal, strategy, this.data, sourceOf(config));
    this.print(options['json'] === true ? JSON.stringify(whyDocument(story, recomputed), null, 2) : whyText(story, recomputed));
  }
}

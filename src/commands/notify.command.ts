import { Command, Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../config/config-loader.service.js';
import { ConfigError } from '../domain/errors.js';
import { CHANNEL_NAMES, type Channel, type Delivery } from '../notify/channel.js';
import { BaseCommand } from './base.command.js';
import { configFileOf } from './data/data-flags.js';

interface Outcome {
  readonly channel: string;
  readonly delivered: boolean;
  readonly why: string | null;
}

@SubCommand({ name: 'test', description: 'Send one message on every channel that is turned on, once and at once, and say what happened.' })
export class NotifyTestCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], options: Record<string, unknown>): Promise<void> {
    const { config } = this.configs.load([], configFileOf(options));
    const { openChannels, ATTEMPT_MS } = await import('../notify/open-channels.js');
    const { testNotice } = await import('../notify/events.js');
    const channels = chosen(openChannels(config.notifications, process.env), options['channel']);
    const { botId, executionMode: mode, symbol, timeframe } = config;
    const notice = testNotice({ botId, mode, market: `${symbol} ${timeframe}` }, Date.now());
    const outcomes = await Promise.all(channels.map(async (channel) => outcomeOf(channel, await channel.deliver(notice, AbortSignal.timeout(ATTEMPT_MS)))));
    if (options['json'] === true) this.print(JSON.stringify({ channels: outcomes }, null, 2));
    else for (const { channel, delivered, why } of outcomes) this.print(`${channel.padEnd(9)} ${delivered ? 'delivered' : `NOT delivered: ${why}`}`);
    if (outcomes.some(({ delivered }) => !delivered)) process.exitCode = 1;
  }

  @Option({ flags: '--channel <name>', description: `Only this one: ${CHANNEL_NAMES.join(', ')}.` })
  readChannel(name: string): string {
    return name;
  }

  @Option({ flags: '--json', description: 'Print JSON.' })
  readJson(): boolean {
    return true;
  }

  @Option({ flags: '--config <file>', description: 'Settings file (default: BOT_CONFIG, else settings/config.json).' })
  readConfig(file: string): string {
    return file;
  }
}

export const NOTIFY_COMMANDS = [NotifyTestCommand];

@Command({ name: 'notify', description: 'Messages about what the bot does.', allowExcessArgs: true, subCommands: NOTIFY_COMMANDS })
export class NotifyCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'notify', message: `needs one of: test${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}

/** @throws ConfigError when there is no such channel, or when it is turned off */
function chosen(channels: readonly Channel[], given: unknown): readonly Channel[] {
  const wanted = CHANNEL_NAMES.find((name) => name === given);
  if (given !== undefined && wanted === undefined) throw new ConfigError([{ path: '--channel', message: `must be one of ${CHANNEL_NAMES.join(', ')}, was ${JSON.stringify(given)}` }], 'Cannot use these flags');
  const left = channels.filter(({ name }) => wanted === undefined || name === wanted);
  if (left.length > 0) return left;
  throw new ConfigError([{ path: 'notifications', message: `${wanted === undefined ? 'no channel is' : `${wanted} is not`} turned on: set notifications.webhook, .discord, .telegram.enabled or .mail.enabled in the settings` }], 'Nothing to send to');
}

function outcomeOf({ name }: Channel, delivery: Delivery): Outcome {
  return { channel: name, delivered: delivery.kind === 'delivered', why: delivery.kind === 'failed' ? delivery.why : null };
}

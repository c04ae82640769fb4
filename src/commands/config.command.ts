import { Command, Option, SubCommand } from 'nest-commander';

import { ConfigLoader } from '../config/config-loader.service.js';
import { fileVariable, secretVariables } from '../config/credentials.js';
import { configSchema } from '../config/config-schema.js';
import { HTTP_TOKEN_VARIABLE } from '../config/http-access.js';
import { NOTIFICATION_VARIABLES } from '../config/notification-secrets.js';
import { leavesOf } from '../config/resolve-config.js';
import { ConfigError } from '../domain/errors.js';
import { StrategyRegistry } from '../strategy/strategy.registry.js';
import { BaseCommand } from './base.command.js';

@SubCommand({ name: 'show', description: 'Print the resolved settings, each with where it came from. Secrets are never shown.' })
export class ConfigShowCommand extends BaseCommand {
  constructor(private readonly configs: ConfigLoader) {
    super();
  }

  async run(_args: string[], { json, config: file }: { json?: boolean; config?: string }): Promise<void> {
    const { config, origins } = this.configs.load([], file);
    const rows = leavesOf(config).map(([path, value]) => ({ path, value, from: origins.get(path) ?? 'default' }));
    const { apiKey, secret } = secretVariables(config.exchange.id);
    // What watches the bot needs secrets only where it is turned on.
    const watching = [...Object.values(NOTIFICATION_VARIABLES), HTTP_TOKEN_VARIABLE].filter((name) => this.configs.hasSecret(name) !== null);
    const secrets = [apiKey, secret, ...watching].map((name) => {
      const place = this.configs.hasSecret(name);
      return { path: name, value: place === null ? '[not set]' : '[set, hidden]', from: place === 'file' ? `the file that ${fileVariable(name)} names` : 'the environment' };
    });
    if (json === true) {
      this.print(JSON.stringify([...rows, ...secrets], null, 2));
      return;
    }
    const width = Math.max(...rows.map(({ path }) => path.length));
    this.print([...rows, ...secrets].map(({ path, value, from }) => `${path.padEnd(width)}  ${String(value).padEnd(14)}  ${from}`).join('\n'));
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

@SubCommand({ name: 'schema', description: 'Print the JSON Schema of the settings file, for editors.' })
export class ConfigSchemaCommand extends BaseCommand {
  constructor(private readonly strategies: StrategyRegistry) {
    super();
  }

  async run(): Promise<void> {
    this.print(JSON.stringify(configSchema(this.strategies.names().map((name) => this.strategies.get(name))), null, 2));
  }
}

export const CONFIG_COMMANDS = [ConfigShowCommand, ConfigSchemaCommand];

@Command({ name: 'config', description: 'Look at the settings.', allowExcessArgs: true, subCommands: CONFIG_COMMANDS })
export class ConfigCommand extends BaseCommand {
  async run([verb]: string[]): Promise<void> {
    throw new ConfigError([{ path: 'config', message: `needs one of: show, schema${verb === undefined ? '' : `, was ${verb}`}` }], 'Unknown command');
  }
}

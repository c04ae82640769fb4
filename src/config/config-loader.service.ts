import { ConfigService } from '@nestjs/config';
import { Injectable } from '@nestjs/common';

import { resolveConfig, type Environment, type FlagValue, type ResolvedConfig } from './resolve-config.js';
import { readSettingsFile } from './settings-file.js';
import { CONFIG_FILE_VARIABLE, SETTINGS, VARIABLE_PREFIX } from './settings.js';

export const DEFAULT_CONFIG_FILE = 'settings/config.json';

/** Reads the settings file and the environment (with `.env`), and puts a command's flags on top. */
@Injectable()
export class ConfigLoader {
  constructor(private readonly environment: ConfigService) {}

  /**
   * @param configFile a path given on the command line; else BOT_CONFIG, else settings/config.json
   * @throws ConfigError
   */
  load(flags: readonly FlagValue[] = [], configFile?: string): ResolvedConfig & { readonly file: string } {
    const named = this.environment.get<string>(CONFIG_FILE_VARIABLE) ?? '';
    const file = configFile ?? (named === '' ? DEFAULT_CONFIG_FILE : named);
    return { ...resolveConfig({ name: file, settings: readSettingsFile(file) }, this.variables(), flags), file };
  }

  /** Whether a secret is there; never what it is. */
  hasSecret(variable: string): boolean {
    return (this.environment.get<string>(variable) ?? '') !== '';
  }

  /** What the process has of our variables, and what `.env` adds for the settings we know. */
  private variables(): Environment {
    const ours = Object.entries(process.env).filter(([name]) => name.startsWith(VARIABLE_PREFIX));
    const known = SETTINGS.map(({ variable }) => [variable, this.environment.get<string>(variable)] as const);
    return Object.fromEntries([...ours, ...known]);
  }
}

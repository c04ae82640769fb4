import { ConfigService } from '@nestjs/config';
import { Injectable } from '@nestjs/common';

import { credentialsOf, fileVariable, readSecretFile, refuseInArguments, secretVariables, type FoundCredentials } from './credentials.js';
import { LIVE_VARIABLES } from './live-words.js';
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

  /** Whether a secret is there, and whether in the environment or in a file that it names; never what it is. */
  hasSecret(variable: string): 'environment' | 'file' | null {
    if (isSet(variable)) return 'environment';
    return isSet(fileVariable(variable)) ? 'file' : null;
  }

  /**
   * Key and secret of the exchange account. Whoever trades on paper or in the past never asks.
   *
   * @throws ConfigError
   */
  credentials(exchange: string): FoundCredentials {
    const names = Object.values(secretVariables(exchange)).flatMap((name) => [name, fileVariable(name)]);
    const found = credentialsOf(valuesOf(names), readSecretFile, exchange);
    refuseInArguments(process.argv.slice(2), found);
    return found;
  }

  /** The words by which a person takes responsibility for real money. */
  liveWords(): Environment {
    return valuesOf(LIVE_VARIABLES);
  }

  /** What the process has of our variables, and what `.env` adds for the settings we know. */
  private variables(): Environment {
    const ours = Object.entries(process.env).filter(([name]) => name.startsWith(VARIABLE_PREFIX));
    const known = SETTINGS.map(({ variable }) => [variable, this.environment.get<string>(variable)] as const);
    return Object.fromEntries([...ours, ...known]);
  }
}

/** From the process, where the framework has put what `.env` says: its own service would keep a copy of every secret it was asked for. */
function valuesOf(names: readonly string[]): Environment {
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

function isSet(variable: string): boolean {
  return (process.env[variable] ?? '') !== '';
}

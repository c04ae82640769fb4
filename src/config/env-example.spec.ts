import { readFileSync } from 'node:fs';

import { BotConfig } from './bot-config.js';
import { DEFAULT_CONFIG_FILE } from './config-loader.service.js';
import { fileVariable } from './credentials.js';
import { HTTP_TOKEN_VARIABLE } from './http-access.js';
import { LIVE_VARIABLES } from './live-words.js';
import { LOOPBACK_NOTIFICATIONS_VARIABLE, NOTIFICATION_VARIABLES, TELEGRAM_URL_VARIABLE } from './notification-secrets.js';
import { resolveConfig } from './resolve-config.js';
import { CONFIG_FILE_VARIABLE, SETTINGS, type Setting } from './settings.js';

const LINES = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
const ASSIGNMENT = /^#([A-Z][A-Z0-9_]*)=(.*)$/;

const CHANNELS = ['webhook', 'discord', 'telegram', 'mail'].map((name) => NOTIFICATION_VARIABLES[name as keyof typeof NOTIFICATION_VARIABLES]);
const WATCHING = [...CHANNELS, ...CHANNELS.map(fileVariable), LOOPBACK_NOTIFICATIONS_VARIABLE, TELEGRAM_URL_VARIABLE, HTTP_TOKEN_VARIABLE, fileVariable(HTTP_TOKEN_VARIABLE)];

interface Entry {
  readonly comment: string;
  readonly variable: string;
  readonly text: string;
}

/** Every assignment with the comment that stands above it. */
const ENTRIES = LINES.flatMap((line, i): Entry[] => {
  const [, variable, text] = ASSIGNMENT.exec(line) ?? [];
  return variable === undefined ? [] : [{ comment: LINES[i - 1], variable, text }];
});

function entryOf({ variable, spec: { kind, doc, expected }, fallback }: Setting): Entry {
  const range = kind === 'choice' || kind === 'integer' || kind === 'number' ? ` (${expected})` : '';
  const text = typeof fallback === 'string' ? fallback : (JSON.stringify(fallback) ?? '');
  return { comment: `# ${doc}${range}`, variable, text };
}

describe('.env.example', () => {
  it('lists every setting, in order, with its documentation and its default, and no other', () => {
    expect(ENTRIES.filter(({ variable }) => variable.startsWith('BOT_') && variable !== CONFIG_FILE_VARIABLE)).toEqual(SETTINGS.map(entryOf));
  });

  it('names the settings file, and without a value the secrets, the words of live trading and the one for receivers on this machine', () => {
    expect(ENTRIES.filter(({ variable }) => variable === CONFIG_FILE_VARIABLE || !variable.startsWith('BOT_')).map(({ variable, text }) => [variable, text])).toEqual([
      [CONFIG_FILE_VARIABLE, DEFAULT_CONFIG_FILE],
      ...['BINANCE_API_KEY', 'BINANCE_API_SECRET', 'BINANCE_API_KEY_FILE', 'BINANCE_API_SECRET_FILE', ...LIVE_VARIABLES, ...WATCHING].map((variable) => [variable, '']),
    ]);
  });

  it('sets nothing until a line is uncommented: all lines are comments or blank', () => {
    expect(LINES.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('changes nothing when everything is uncommented: the defaults are what they say', () => {
    const environment = Object.fromEntries(ENTRIES.map(({ variable, text }) => [variable, text]));
    expect(resolveConfig({ name: 'none', settings: {} }, environment, []).config).toEqual(new BotConfig());
  });
});

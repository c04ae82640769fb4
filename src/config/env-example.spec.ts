import { readFileSync } from 'node:fs';

import { BotConfig } from './bot-config.js';
import { DEFAULT_CONFIG_FILE } from './config-loader.service.js';
import { resolveConfig } from './resolve-config.js';
import { CONFIG_FILE_VARIABLE, SETTINGS, type Setting } from './settings.js';

const LINES = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
const ASSIGNMENT = /^#([A-Z][A-Z0-9_]*)=(.*)$/;

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

  it('names the settings file and the secrets, which have no value', () => {
    expect(ENTRIES.filter(({ variable }) => variable === CONFIG_FILE_VARIABLE || !variable.startsWith('BOT_')).map(({ variable, text }) => [variable, text])).toEqual([
      [CONFIG_FILE_VARIABLE, DEFAULT_CONFIG_FILE],
      ['BINANCE_API_KEY', ''],
      ['BINANCE_API_SECRET', ''],
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

import { readdirSync, readFileSync } from 'node:fs';

import { BOT_REASONS } from '../../src/bot/reasons.js';
import { LIVE_VARIABLES } from '../../src/config/live-words.js';

const page = readFileSync('docs/OPERATIONS.md', 'utf8');

describe('docs/OPERATIONS.md', () => {
  it('tells every reason that the bot has, in its own words', () => {
    const told = [...page.matchAll(/^\| `([A-Z_.]+)` \| (.*) \|$/gm)].map(([, code, meaning]) => [code, meaning]).filter(([code]) => code.includes('.') || Object.hasOwn(BOT_REASONS, code));
    expect(Object.fromEntries(told)).toEqual(BOT_REASONS);
  });

  it('names every verb of trading, and every word of live trading', () => {
    const sources = readdirSync('src/commands/trading').filter((name) => name.endsWith('.command.ts')).map((name) => readFileSync(`src/commands/trading/${name}`, 'utf8'));
    const verbs = sources.flatMap((source) => /^@Command\(\{ name: '([a-z-]+)'/m.exec(source)?.[1] ?? []);
    expect(verbs).toEqual(expect.arrayContaining(['close-position', 'healthcheck', 'run', 'status', 'tick', 'why']));
    for (const verb of verbs) expect(page).toMatch(new RegExp(`^\\|.*\`${verb}[ \`]`, 'm'));
    for (const variable of LIVE_VARIABLES) expect(page).toContain(variable);
  });
});

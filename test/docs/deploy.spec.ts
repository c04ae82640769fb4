import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { VERBS } from '../../src/commands/command-groups.js';
import { settingsTable } from '../../src/config/settings-table.js';
import { riskCodesTable } from '../../src/risk/risk-codes-table.js';

const PAGES = ['README.md', 'DEPLOY.md', 'docs/OPERATIONS.md', 'docs/MONITORING.md', 'docs/RESULT_FORMAT.md', 'docs/PERFORMANCE.md', 'docs/FAULTS.md', 'docs/BACKTEST_GUIDE.md', 'docs/WRITING_A_STRATEGY.md', 'docs/OPTIMISING.md'];
const page = readFileSync('DEPLOY.md', 'utf8');

describe('DEPLOY.md', () => {
  it('lists every setting with its variable, as the program has them (`npm run docs` writes them)', () => {
    expect(page).toContain(`-->\n\n${settingsTable()}\n\n<!--`);
  });

  it('lists every reason of the risk gate with what to do (`npm run docs` writes them)', () => {
    expect(page).toContain(`-->\n\n${riskCodesTable()}\n\n<!--`);
  });
});

describe.each(PAGES)('%s', (name) => {
  const text = readFileSync(name, 'utf8');

  it('leads only to pages that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => target);
    for (const target of links) expect({ target, there: existsSync(join(dirname(name), target)) }).toEqual({ target, there: true });
  });

  it('names only verbs that there are', () => {
    const verbs = [...text.matchAll(/node dist\/cli(?:\.js)? ([a-z-]+)/g)].map(([, verb]) => verb);
    for (const verb of verbs) expect(VERBS).toContain(verb);
  });
});

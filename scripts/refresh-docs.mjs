// Writes the parts of the documents that come out of the program: run it after a change that is meant to change them.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const cli = (...args) => spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' }).stdout;

// Where nothing was tried before: the report would tell how often.
const report = cli('backtest', '--source', 'built-in', '--no-save', '--results-dir', 'results/none').trimEnd();
const readme = readFileSync('README.md', 'utf8');
const block = /(<!-- report: [^>]* -->\n```\n)[\s\S]*?(```\n<!-- \/report -->)/;
writeFileSync('README.md', readme.replace(block, (_, before, after) => `${before}${report}\n${after}`));
writeFileSync('settings/config.schema.json', cli('config', 'schema'));

const { settingsTable } = await import('../dist/config/settings-table.js');
const { riskCodesTable } = await import('../dist/risk/risk-codes-table.js');
const deploy = readFileSync('DEPLOY.md', 'utf8');
const filled = (text, name, table) => text.replace(new RegExp(`(<!-- ${name}: [^>]* -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), (_, before, after) => `${before}\n${table}\n\n${after}`);
writeFileSync('DEPLOY.md', filled(filled(deploy, 'risk codes', riskCodesTable()), 'settings', settingsTable()));
await import('./fault-table.mjs');

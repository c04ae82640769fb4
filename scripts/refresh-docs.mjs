// Writes the parts of the documents that come out of the program: run it after a change that is meant to change them.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const cli = (...args) => spawnSync(process.execPath, ['dist/cli.js', ...args], { encoding: 'utf8' }).stdout;

const report = cli('backtest', '--source', 'built-in', '--no-save').trimEnd();
const readme = readFileSync('README.md', 'utf8');
const block = /(<!-- report: [^>]* -->\n```\n)[\s\S]*?(```\n<!-- \/report -->)/;
writeFileSync('README.md', readme.replace(block, (_, before, after) => `${before}${report}\n${after}`));
writeFileSync('settings/config.schema.json', cli('config', 'schema'));

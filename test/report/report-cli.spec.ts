import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { formatCandleCsv } from '../../src/data/candle-csv.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { buildOnce } from '../support/cli.js';
import { startCli, type CliEnd } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const CANDLES = formatCandleCsv(new SyntheticMarket(3).candles('BTC/USDT', '1h', Date.UTC(2024, 0, 1), Date.UTC(2024, 1, 1)));

beforeAll(() => buildOnce(), 120_000);

beforeEach(() => {
  mkdirSync(inFolder('candles'));
  writeFileSync(inFolder('candles/BTC_USDT_1h.csv'), CANDLES);
  writeFileSync(inFolder('settings.json'), '{"strategy":{"name":"sma_cross","params":{"fast_window":2,"slow_window":5}},"storage":{"results_dir":"results","data_dir":"ledger"}}');
});

const cli = (...args: string[]): Promise<CliEnd> => startCli([...args, '--config', inFolder('settings.json')], inFolder(), null).end;
const backtest = (...args: string[]): Promise<CliEnd> => cli('backtest', '--offline', '--data-dir', 'candles', '--quiet', ...args);
const pages = (): string[] => readdirSync(inFolder('results')).filter((name) => name.endsWith('.html'));

describe('pages on the command line', () => {
  it('stand beside the result, and are the same page when it is shown again', async () => {
    const { code, stderr } = await backtest('--html');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/Page written to results\/backtest_sma_cross_.+\.html\n/)]);
    const [page] = pages();
    expect(readdirSync(inFolder('results'))).toContain(page.replace(/html$/, 'json'));
    const made = readFileSync(inFolder(`results/${page}`), 'utf8');
    expect(made).toContain('id="price-chart"');
    expect(await cli('results', 'show', 'latest', '--html', 'again.html')).toMatchObject({ code: 0, stdout: expect.stringContaining('Assumptions') });
    expect(readFileSync(inFolder('again.html'), 'utf8')).toBe(made);
  });

  it('leave the candles out, and say why, where they are others by now', async () => {
    await backtest();
    writeFileSync(inFolder('candles/BTC_USDT_1h.csv'), CANDLES.replace(/(\n1705\d+,[^,]+,)([^,]+)/, '$1999999'));
    expect((await cli('results', 'show', 'latest', '--html', 'page.html')).code).toBe(0);
    const page = readFileSync(inFolder('page.html'), 'utf8');
    expect(page).toContain('The candles on the disk are others than those of this run');
    expect(page).not.toContain('id="price-chart"');
  });

  it('leave the candles out, and say why, where they are gone', async () => {
    await backtest();
    writeFileSync(inFolder('candles/BTC_USDT_1h.csv'), '');
    expect((await cli('results', 'show', 'latest', '--html', 'page.html')).code).toBe(0);
    expect(readFileSync(inFolder('page.html'), 'utf8')).toContain('The candles of this run are not on the disk');
  });

  it('never take the place of a file that is no page, and need a name where no result is saved', async () => {
    await backtest();
    const [result] = readdirSync(inFolder('results'));
    const before = readFileSync(inFolder(`results/${result}`), 'utf8');
    expect(await cli('results', 'show', 'latest', '--html', `results/${result}`)).toMatchObject({ code: 2, stderr: expect.stringContaining('must name a file that ends in .html') });
    expect(readFileSync(inFolder(`results/${result}`), 'utf8')).toBe(before);
    expect(await backtest('--no-save', '--html')).toMatchObject({ code: 2, stderr: expect.stringContaining('needs the name of a file together with --no-save') });
    expect(await backtest('--no-save', '--html', 'alone.html')).toMatchObject({ code: 0 });
    expect(existsSync(inFolder('alone.html'))).toBe(true);
  });
});

describe('the report of a bot on the command line', () => {
  it('says what is missing where no bot ever ran, and which days it takes', async () => {
    expect(await cli('report')).toMatchObject({ code: 1, stderr: expect.stringContaining('LEDGER.NONE') });
    expect(await cli('report', '--days', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('must be a whole number from 1 to 3650, was "0"') });
  });

  it('tells of a bot that has looked once, on the terminal, to machines and as a page, and of no other market', async () => {
    const settings = { strategy: { name: 'sma_cross', params: { fast_window: 2, slow_window: 5 } }, data: { source: 'built-in' }, storage: { results_dir: 'results', data_dir: 'ledger' } };
    writeFileSync(inFolder('settings.json'), JSON.stringify(settings));
    expect(await cli('tick')).toMatchObject({ code: 0 });
    const told = await cli('report', '--html');
    expect([told.code, told.stdout]).toEqual([0, expect.stringMatching(/^bot-1 \(paper\) on BTC\/USDT 1h, .+\n[^]*Differences from the backtest\n/)]);
    const [page] = pages();
    expect(page).toMatch(/^report_bot-1_paper_\d{4}-\d\d-\d\d\.html$/);
    expect(readFileSync(inFolder(`results/${page}`), 'utf8')).toContain('Beside the backtest');
    expect(JSON.parse((await cli('report', '--json')).stdout)).toMatchObject({ bot_id: 'bot-1', mode: 'paper', pairs: { only_bot: 0 } });
    writeFileSync(inFolder('settings.json'), JSON.stringify({ ...settings, symbol: 'ETH/USDT' }));
    expect(await cli('report')).toMatchObject({ code: 2, stderr: expect.stringContaining('bot-1 (paper) has decided nothing about ETH/USDT 1h yet') });
  });
});

import { CSV_HEADER } from '../../src/data/candle-csv.js';
import { runCli, type CliRun } from '../support/cli.js';

export interface BadInput {
  readonly why: string;
  /** Flags added to a good command line, or the whole of it. */
  readonly args?: readonly string[];
  /** Text of the settings file. */
  readonly settings?: string;
  /** Lines of the candle file, below its header. */
  readonly rows?: readonly string[];
  readonly header?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the message must say. */
  readonly says: RegExp;
}

const GOOD_SETTINGS = '{"strategy":{"name":"sma_cross","params":{"fast_window":2,"slow_window":4}}}';
const FILES = ['--config', '{dir}/settings.json', '--results-dir', '{dir}/results'];
const RANGE = ['--start', '2024-01-01', '--end', '2024-02-01'];

/** A backtest on the built-in market that is good but for the input. */
export function withSettings({ args = [], settings = GOOD_SETTINGS, env = {} }: BadInput): Promise<CliRun> {
  return runCli(['backtest', ...FILES, '--source', 'built-in', ...RANGE, ...args], { files: { 'settings.json': settings }, env });
}

/** A backtest on a candle file that is good but for the input. */
export function withCandles({ args = [], rows = HOURS, header = CSV_HEADER }: BadInput): Promise<CliRun> {
  const files = { 'settings.json': GOOD_SETTINGS, 'candles/BTC_USDT_1h.csv': [header, ...rows, ''].join('\n') };
  return runCli(['backtest', ...FILES, '--offline', '--data-dir', '{dir}/candles', ...args], { files });
}

const T0 = Date.UTC(2024, 0, 1);
const HOUR = 3_600_000;
const row = (time: number, rest = '100,110,90,105,1'): string => `${time},${rest}`;
const HOURS = Array.from({ length: 100 }, (_, i) => row(T0 + i * HOUR));
const hourWith = (rest: string): string[] => HOURS.with(41, row(T0 + 41 * HOUR, rest));

export const BAD_COMMANDS: readonly BadInput[] = [
  { why: 'an unknown command', args: ['bakctest'], says: /unknown command 'bakctest'\n\(Did you mean backtest\?\)/ },
  { why: 'an unknown flag', args: ['backtest', '--strateg', 'x'], says: /unknown option '--strateg'\n\(Did you mean --strategy\?\)/ },
  { why: 'a word that no flag takes', args: ['backtest', 'fast_window=20'], says: /too many arguments for 'backtest'/ },
  { why: 'a flag without its value', args: ['backtest', '--start'], says: /option '--start <date>' argument missing/ },
  { why: 'an unknown verb of config', args: ['config', 'shw'], says: /needs one of: show, schema/ },
  { why: 'an unknown flag of a verb', args: ['config', 'show', '--frob'], says: /unknown option '--frob'/ },
];

export const BAD_FLAGS: readonly BadInput[] = [
  { why: 'an unknown strategy', args: ['--strategy', 'sma_cros'], says: /Unknown strategy "sma_cros"\. Did you mean "sma_cross"\? There are: .*sma_cross/ },
  { why: 'an unknown parameter', args: ['--params', 'fast_windw=5'], says: /fast_windw is unknown\. Did you mean "fast_window"\?/ },
  { why: 'a parameter of the wrong kind', args: ['--params', 'fast_window=ten'], says: /fast_window must be a whole number from 1 to 5000, was "ten"/ },
  { why: 'a parameter out of its range', args: ['--params', 'slow_window=999999'], says: /slow_window must be a whole number from 2 to 10000, was 999999/ },
  { why: 'a fast window that is not below the slow one', args: ['--params', 'fast_window=50,slow_window=50'], says: /fast_window must be less than slow_window \(50\), was 50/ },
  { why: 'malformed pairs', args: ['--params', 'fast_window'], says: /--params: must be pairs such as fast_window=20,slow_window=60, but one is "fast_window"/ },
  { why: 'malformed JSON', args: ['--params', '{"fast_window":'], says: /--params: is not valid JSON/ },
  { why: '__proto__ as a pair', args: ['--params', '__proto__=1'], says: /--params: must not name "__proto__"/ },
  { why: '__proto__ in JSON', args: ['--params', '{"__proto__":{"fast_window":5}}'], says: /--params: must not name "__proto__"/ },
  { why: 'constructor as a pair', args: ['--params', 'constructor=1'], says: /--params: must not name "constructor"/ },
  { why: 'constructor in JSON', args: ['--params', '{"constructor":{"prototype":{"x":1}}}'], says: /--params: must not name "constructor"/ },
  { why: 'a day that does not exist', args: ['--start', '2024-02-30'], says: /--start \(backtest\.start\): must be an existing date.*, was "2024-02-30"/ },
  { why: 'a date in words', args: ['--start', 'yesterday'], says: /must be an existing date or time such as 2024-01-31/ },
  { why: 'a start after the end', args: ['--start', '2024-03-01'], says: /must be before --end 2024-02-01, was 2024-03-01/ },
  { why: 'a start in the future', args: ['--start', '2999-01-01', '--end', '2999-02-01'], says: /--start \(backtest\.start\): lies in the future: was 2999-01-01/ },
  { why: 'an end in the future', args: ['--end', '2999-01-01'], says: /--end \(backtest\.end\): lies in the future: was 2999-01-01/ },
  { why: 'a range before there was time', args: ['--start', '1960-01-01', '--end', '1960-02-01'], says: /must be after 1970, was 1960-01-01/ },
  { why: 'a timeframe that is not supported', args: ['--timeframe', '2d'], says: /--timeframe \(timeframe\): must be one of 1m, .*, was "2d"/ },
  { why: 'a market without a slash', args: ['--symbol', 'BTCUSDT'], says: /--symbol \(symbol\): must be a market as BASE\/QUOTE in capitals/ },
  { why: 'a market that is a path', args: ['--symbol', '../../etc/passwd'], says: /--symbol \(symbol\): must be a market/ },
  { why: 'a negative fee', args: ['--fee', '-0.001'], says: /--fee \(backtest\.fee_rate\): must be a number from 0 to 0\.2, was -0\.001/ },
  { why: 'no capital', args: ['--capital', '0'], says: /--capital \(backtest\.initial_capital\): must be a number above 0/ },
  { why: 'a seed that is none', args: ['--seed', '1.5'], says: /--seed \(data\.seed\): must be a whole number/ },
  { why: 'several things at once, all of them named', args: ['--fee', '9', '--timeframe', 'x', '--params', 'a'], says: /(?=[^]*--fee )(?=[^]*--timeframe )(?=[^]*--params)/ },
];

export const BAD_SETTINGS: readonly BadInput[] = [
  { why: 'a file that is not there', args: ['--config', '{dir}/none.json'], says: /Cannot use the settings file .*none\.json:\n {2}- it does not exist; name another one with --config or BOT_CONFIG/ },
  { why: 'a folder in place of a file', args: ['--config', '{dir}'], says: /it is a folder/ },
  { why: 'broken JSON', settings: '{"symbol":', says: /it is not valid JSON/ },
  { why: 'no object', settings: '[]', says: /it must hold one JSON object/ },
  { why: 'an unknown field', settings: '{"symbl":"BTC/USDT"}', says: /symbl: is unknown\. Did you mean "symbol"\?/ },
  { why: 'a key of the exchange by name', settings: '{"exchange":{"api_secret":"hush"}}', says: /exchange\.api_secret: looks like a secret/ },
  { why: 'a key of the exchange by its look', settings: JSON.stringify({ exchange: { id: 'aB3xQ9'.repeat(11).slice(0, 64) } }), says: /exchange\.id: looks like a secret/ },
  { why: 'parameters named after what every object has', settings: '{"strategy":{"params":{"constructor":5}}}', says: /constructor is unknown/ },
  { why: 'an unknown variable', env: { BOT_SYMBL: 'BTC/USDT' }, says: /BOT_SYMBL: is unknown\. Did you mean "BOT_SYMBOL"\?/ },
  { why: 'a variable out of its range', env: { BOT_BACKTEST_FEE_RATE: '2' }, says: /BOT_BACKTEST_FEE_RATE \(backtest\.fee_rate\): must be a number from 0 to 0\.2, was 2/ },
];

export const BAD_CANDLES: readonly BadInput[] = [
  { why: 'a bad header', header: 'time,open,high,low,close,volume', says: /BTC_USDT_1h\.csv, line 1, column 1: the header must be/ },
  { why: 'a short row', rows: hourWith('100,110'), says: /line 43, column 3 \(high\): the row ends after 3 of 6 fields/ },
  { why: 'letters', rows: hourWith('abc,110,90,105,1'), says: /line 43, column 2: open must be a decimal number .*, was "abc"/ },
  { why: 'NaN', rows: hourWith('100,110,90,NaN,1'), says: /line 43, column 5: close must be a decimal number .*, was "NaN"/ },
  { why: 'a negative price', rows: hourWith('100,110,-90,105,1'), says: /line 43, column 4: low must be a decimal number .*, was "-90"/ },
  { why: 'a price of zero', rows: hourWith('100,110,0,105,1'), says: /line 43, column 4: low must be above 0, was 0/ },
  { why: 'a high below the low', rows: hourWith('100,80,90,105,1'), says: /line 43, column 3: high 80 is below the low 90/ },
  { why: 'the same candle twice', rows: HOURS.toSpliced(41, 0, HOURS[41]), says: /line 44, column 1: timestamp \d+ \(2024-01-02T17:00:00\.000Z\) is there twice/ },
  { why: 'candles that are not sorted', rows: HOURS.toReversed(), says: /line 3, column 1: timestamp .* times must ascend/ },
  { why: 'a candle off the grid', rows: HOURS.with(41, row(T0 + 41 * HOUR + 60_000)), says: /line 43, column 1: timestamp .* is not on the 1h grid/ },
  { why: 'candles of a shorter timeframe', rows: HOURS.map((_, i) => row(T0 + i * 60_000)), says: /is not on the 1h grid; rows are 1m apart/ },
  { why: 'candles of a longer timeframe', rows: HOURS.map((_, i) => row(T0 + i * 4 * HOUR)), says: /rows are 4h apart everywhere; these are no candles of 1h/ },
  { why: 'times in seconds', rows: HOURS.map((line) => line.replace(/000,/, ',')), says: /which looks like seconds/ },
  { why: 'a file without candles', rows: [], says: /missing from|no candles|There is no candle/ },
  { why: 'a range that the file does not cover', args: ['--start', '2024-01-02', '--end', '2024-02-01'], says: /missing from 2024-01-05T04:00:00\.000Z to 2024-02-01T00:00:00\.000Z.*\n.*data download --symbol BTC\/USDT/ },
  { why: 'a range without a whole candle', args: ['--start', '2024-01-02T00:10', '--end', '2024-01-02T00:50'], says: /holds no whole 1h candle/ },
  { why: 'a market that is not in the folder', args: ['--symbol', 'ETH/USDT', '--start', '2024-01-02', '--end', '2024-01-03'], says: /holds no candles of ETH\/USDT 1h/ },
];

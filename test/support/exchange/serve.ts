import { readFileSync } from 'node:fs';
import { FakeBinance } from './fake-binance.js';

/**
 * The test exchange as a program: `npm run exchange -- [--port 18080] [--config file.json]`. It runs on this machine's clock with two
 * months of made-up candles behind it, and tells what to set so that the bot asks it instead of the real one.
 */
const DAY_MS = 86_400_000;

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

const file = option('config');
const given = file === undefined ? {} : (JSON.parse(readFileSync(file, 'utf8')) as object);
const feed = { BTCUSDT: { start: '50000', stepMs: 60_000, volBps: 8, historyMs: 60 * DAY_MS } };
const exchange = new FakeBinance({ seed: 1, mode: 'anchored', now: 'wall', historyRows: 100_000, feed, ...given } as ConstructorParameters<typeof FakeBinance>[0]);
const { baseUrl, controlUrl, close } = await exchange.listen(Number(option('port') ?? 0));
process.stdout.write(`Test exchange: ${baseUrl}, control: ${controlUrl}\n\nexport EXCHANGE_BASE_URL=${baseUrl} ALLOW_LOOPBACK_EXCHANGE=1\n`);
process.once('SIGINT', () => void close().then(() => process.exit(0)));
process.once('SIGTERM', () => void close().then(() => process.exit(0)));

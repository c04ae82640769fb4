import { writeFileSync } from 'node:fs';
import { inspect, types } from 'node:util';

import { ConfigService } from '@nestjs/config';
import { Test, type TestingModule } from '@nestjs/testing';

import { BacktestModule } from '../../src/backtest/backtest.module.js';
import { ConfigLoader } from '../../src/config/config-loader.service.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { DataHandler } from '../../src/data/data-handler.js';
import { DataModule } from '../../src/data/data.module.js';
import { ExchangeModule } from '../../src/exchange/exchange.module.js';
import { MarketClients } from '../../src/exchange/market-client.js';
import { openTradingClient } from '../../src/exchange/trading-clients.js';
import { assertLive } from '../../src/execution/live-keys.js';
import { FakeBinance } from '../support/exchange/fake-binance.js';
import { fetchFor } from '../support/exchange/in-process.js';
import { secretsIn } from '../support/secrets.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const KEY = 'canaryKeyQ8xT2mZ5vB7nL1rW4yC6jH9pD3sF0gK'.padEnd(64, 'aB3');
const SECRET = 'canarySecretU7eR1oP4iX9wN2bM6tV5zL8hS3dJ'.padEnd(64, 'cD5');
const CANARIES = [KEY, SECRET];
const ENVIRONMENT = { BINANCE_API_KEY: KEY, BINANCE_API_SECRET: SECRET, LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money' };

const inFolder = useTemporaryFolder();
let app: TestingModule;

beforeEach(async () => {
  Object.assign(process.env, ENVIRONMENT);
  app = await Test.createTestingModule({ imports: [ConfigModule, ExchangeModule, DataModule, BacktestModule] }).compile();
  await app.init();
});

afterEach(async () => {
  for (const name of Object.keys(ENVIRONMENT)) delete process.env[name];
  await app.close();
});

/** Everything that somebody could print of an object, hidden properties included; what asks no object for its own words, too. */
function shown(value: unknown): string {
  return [true, false].map((customInspect) => inspect(value, { depth: 20, showHidden: true, customInspect })).join('\n') + (JSON.stringify(value) ?? '');
}

/**
 * Every text that is reached from an object by whatever properties, at any depth: more than any printer shows. The process itself is left out, whose
 * environment the secrets came in.
 */
function textsReachedFrom(root: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>([process, globalThis]);
  const queue = [root];
  for (let value = queue.pop(); value !== undefined || queue.length > 0; value = queue.pop()) {
    if (typeof value === 'string') texts.push(value);
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      texts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1'));
      continue;
    }
    if (types.isMap(value)) queue.push(...value.keys(), ...value.values());
    if (types.isSet(value)) queue.push(...value);
    for (const key of Reflect.ownKeys(value)) queue.push(key, (Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor).value);
  }
  return texts.join('\n');
}

describe('S02 nothing that can be printed', () => {
  it('holds a secret that its owner has read: no part of the application, and not what was read', () => {
    const loader = app.get(ConfigLoader);
    expect(loader.hasSecret('BINANCE_API_KEY')).toBe('environment');
    const found = loader.credentials('binance');
    const credentials = assertLive({ executionMode: 'live', exchange: 'binance', env: loader.liveWords(), credentials: found });
    expect([credentials.apiKey.reveal(), credentials.secret.reveal()]).toEqual(CANARIES);
    writeFileSync(inFolder('settings.json'), '{"execution_mode":"live"}');
    const own = { found, credentials, loaded: loader.load([], inFolder('settings.json')) };
    expect(secretsIn(shown(own), CANARIES)).toEqual([]);
    const texts = textsReachedFrom([app, own]);
    for (const part of ['ConfigLoader', 'MarketClients', 'StrategyRegistry', inFolder('settings.json')]) expect(texts).toContain(part);
    expect(secretsIn(texts, CANARIES)).toEqual([]);
    for (const part of [ConfigLoader, ConfigService, MarketClients, DataHandler]) expect([part.name, secretsIn(shown(app.get<object>(part, { strict: false })), CANARIES)]).toEqual([part.name, []]);
  });

  it('holds what a client signs with, neither before nor after it has signed', async () => {
    const exchange = new FakeBinance({ symbols: ['BTCUSDT'], keys: [{ key: KEY, secret: SECRET }] });
    const client = await openTradingClient({
      exchange: 'binance',
      credentials: app.get(ConfigLoader).credentials('binance') as ReturnType<typeof assertLive>,
      timeoutMs: 5000,
      recvWindowMs: 5000,
      environment: 'production',
      baseUrl: 'http://127.0.0.1:1',
      fetch: fetchFor(exchange),
      milliseconds: () => exchange.now,
    });
    expect(secretsIn(shown({ client }), CANARIES)).toEqual([]);
    expect(await client.balances()).toMatchObject({ USDT: { free: '10000' } });
    expect(secretsIn(shown({ client }), CANARIES)).toEqual([]);
    expect(secretsIn(textsReachedFrom(client), CANARIES)).toEqual([]);
  });

  it('would be found if it were there', () => {
    expect(secretsIn(shown({ hidden: Object.defineProperty({}, 'secret', { value: SECRET, enumerable: false }) }), CANARIES)).toEqual(['the text of cana…']);
    expect(secretsIn(textsReachedFrom({ a: [new Map([['x', new Set([() => 1, { [Symbol('s')]: SECRET }])]])] }), CANARIES)).toEqual(['the text of cana…']);
  });
});

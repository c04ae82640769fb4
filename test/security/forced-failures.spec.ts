import { inspect } from 'node:util';

import { jest } from '@jest/globals';

import { describeFailure } from '../../src/domain/failure.js';
import { knownSecrets } from '../../src/domain/redact.js';
import { Secret } from '../../src/domain/secret.js';
import type { TradingClient } from '../../src/exchange/trading-client.js';
import { openTradingClient } from '../../src/exchange/trading-clients.js';
import { openLedger } from '../../src/persistence/open-ledger.js';
import { BotStateRepository } from '../../src/persistence/repositories/bot-state-repository.js';
import { ServiceLogger } from '../../src/schedule/service.logger.js';
import { ccxtFor } from '../support/exchange/ccxt-client.js';
import { FakeBinance } from '../support/exchange/fake-binance.js';
import type { Effect } from '../support/exchange/faults/effect.js';
import { fetchFor } from '../support/exchange/in-process.js';
import { fetchFailed } from '../support/exchange/transport/transport-errors.js';
import { secretsBelow, secretsIn } from '../support/secrets.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const KEY = 'canaryKeyQ8xT2mZ5vB7nL1rW4yC6jH9pD3sF0gK'.padEnd(64, 'aB3');
const SECRET = 'canarySecretU7eR1oP4iX9wN2bM6tV5zL8hS3dJ'.padEnd(64, 'cD5');
const CANARIES = [KEY, SECRET];
const SYMBOL = 'BTC/USDT';

const ORDER = { symbol: SYMBOL, clientOrderId: 'tb-canary-1', side: 'buy', type: 'market', timeInForce: null, quantity: '0.001', limitPrice: null, stopPrice: null } as const;

/** Everything that signs, and what does not. */
const CALLS: Readonly<Record<string, (client: TradingClient) => Promise<unknown>>> = {
  serverTime: (client) => client.serverTime(),
  rules: (client) => client.rules(SYMBOL),
  bookTop: (client) => client.bookTop(SYMBOL),
  balances: (client) => client.balances(),
  permissions: (client) => client.permissions(),
  openOrders: (client) => client.openOrders(SYMBOL),
  ordersSince: (client) => client.ordersSince(SYMBOL, 1_699_999_000_000),
  tradesAfter: (client) => client.tradesAfter(SYMBOL, '1', 0),
  orderByClientId: (client) => client.orderByClientId(SYMBOL, 'tb-1'),
  orderByExchangeId: (client) => client.orderByExchangeId(SYMBOL, '1'),
  tradesOfOrder: (client) => client.tradesOfOrder(SYMBOL, '1'),
  place: (client) => client.place(ORDER),
  cancel: (client) => client.cancel(SYMBOL, '1'),
};

/** One of each kind: what a reply does to them it does to the others. */
const SOME_CALLS = ['serverTime', 'rules', 'balances', 'permissions', 'ordersSince', 'orderByClientId', 'place'];

const SPOILT: readonly Effect[] = [
  { type: 'reset' },
  { type: 'close' },
  { type: 'stall' },
  { type: 'latency', ms: 60_000 },
  { type: 'http', status: 401, body: '' },
  { type: 'http', status: 403, body: '<html>WAF</html>' },
  { type: 'http', status: 418, body: '{}' },
  { type: 'http', status: 429, body: 'slow down' },
  { type: 'http', status: 500, body: 'oops' },
  { type: 'http', status: 503, body: '{"code":-1000,"msg":"Unknown error"}' },
  { type: 'error', status: 400, code: -1022, msg: 'Signature for this request is not valid.' },
  { type: 'error', status: 401, code: -2015, msg: 'Invalid API-key, IP, or permissions for action.' },
  { type: 'error', status: 401, code: -2014, msg: 'API-key format invalid.' },
  { type: 'error', status: 400, code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' },
  { type: 'truncate', bytes: 7 },
  { type: 'replace', kind: 'empty' },
  { type: 'replace', kind: 'null' },
  { type: 'replace', kind: '[]' },
  { type: 'replace', kind: 'html' },
  { type: 'replace', kind: 'binary' },
  { type: 'redirect', location: 'https://evil.test/?next=1' },
];

const nameOf = (effect: Effect): string => Object.values(effect).join(' ');

type Fetch = typeof fetch;

const headersOf = (init?: RequestInit): string => JSON.stringify(init?.headers instanceof Headers ? [...init.headers] : init?.headers);
const textOf = (input: Parameters<Fetch>[0], init?: RequestInit): string => `${input as string} ${headersOf(init)} ${(init?.body ?? '') as string}`;
const answer = (status: number, body: string): Response => new Response(body, { status, headers: { 'content-type': 'application/json' } });

/** Networks that tell everything they were told. */
const TALKATIVE: Readonly<Record<string, Fetch>> = {
  'a name that does not resolve': async () => Promise.reject(fetchFailed('getaddrinfo ENOTFOUND api.binance.com', 'ENOTFOUND')),
  'a name server that is away': async () => Promise.reject(fetchFailed('getaddrinfo EAI_AGAIN api.binance.com', 'EAI_AGAIN')),
  'a certificate of somebody else': async () => Promise.reject(fetchFailed('self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN')),
  'a refused connection': async () => Promise.reject(fetchFailed('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')),
  'an error that repeats the request': async (input, init) => Promise.reject(Object.assign(new TypeError(`fetch failed: ${textOf(input, init)}`, { cause: new Error(textOf(input, init)) }), { request: { input, init } })),
  'a refusal that repeats the request': async (input, init) => answer(400, JSON.stringify({ code: -1100, msg: `Illegal request: ${textOf(input, init)}` })),
  'a page that repeats the request': async (input, init) => answer(500, `<html>${textOf(input, init)}</html>`),
  'an answer that repeats the request': async (input, init) => answer(200, JSON.stringify({ echo: textOf(input, init), key: KEY, secret: SECRET, serverTime: KEY, balances: [{ asset: SECRET, free: KEY }] })),
  'headers that repeat the request': async (input, init) => new Response('{}', { status: 429, headers: { 'retry-after': KEY, 'x-echo': encodeURIComponent(textOf(input, init)) } }),
};

const inFolder = useTemporaryFolder();

async function clientOf(exchange: FakeBinance, ask: Fetch = fetchFor(exchange, { timeoutMs: 5000 })): Promise<TradingClient> {
  return openTradingClient({
    exchange: 'binance',
    credentials: { apiKey: Secret.of(KEY), secret: Secret.of(SECRET), password: null },
    timeoutMs: 5000,
    recvWindowMs: 5000,
    environment: 'production',
    baseUrl: 'http://127.0.0.1:1',
    fetch: ask,
    milliseconds: () => exchange.now,
  });
}

const newExchange = (): FakeBinance => new FakeBinance({ symbols: ['BTCUSDT'], keys: [{ key: KEY, secret: SECRET }] });

/** What became of a call, in every form in which somebody could print it. */
async function shownOutcome(call: () => Promise<unknown>): Promise<{ failed: boolean; shown: string }> {
  try {
    const value = await call();
    return { failed: false, shown: `${inspect(value, { depth: 20, showHidden: true })} ${JSON.stringify(value)}` };
  } catch (error) {
    const { text } = describeFailure(error);
    const { message, stack } = error as Error;
    return { failed: true, shown: `${message}\n${stack}\n${text}\n${inspect(error, { depth: 20, showHidden: true })}\n${JSON.stringify(error, Object.getOwnPropertyNames(error))}` };
  }
}

describe('F106 a client whose every call goes wrong', () => {
  // The redactor knows nothing here: what is thrown must be clean by itself.
  it.each(SPOILT.map((effect) => [nameOf(effect), effect] as const))('by %s: throws and returns nothing of its key, its secret or its signatures', async (_, effect) => {
    const outcomes: { failed: boolean; shown: string }[] = [];
    for (const name of SOME_CALLS) {
      const exchange = newExchange();
      exchange.control({ command: 'faults', rules: [{ phase: 'before', effect }] });
      const client = await clientOf(exchange);
      outcomes.push(await shownOutcome(() => CALLS[name](client)));
      expect(secretsIn(inspect(client, { depth: 20, showHidden: true }) + JSON.stringify(client), CANARIES)).toEqual([]);
    }
    expect(outcomes.filter(({ failed }) => failed).length).toBeGreaterThanOrEqual(4);
    for (const { shown } of outcomes) expect(secretsIn(shown, CANARIES)).toEqual([]);
  });

  it.each(Object.entries(TALKATIVE))('by %s: the same', async (_, ask) => {
    const told: string[] = [];
    for (const [name, call] of Object.entries(CALLS)) {
      const client = await clientOf(newExchange(), async (input, init) => {
        told.push(textOf(input, init));
        return ask(input, init);
      });
      const { shown } = await shownOutcome(() => call(client));
      expect([name, secretsIn(shown, CANARIES)]).toEqual([name, []]);
    }
    // And there was something to tell.
    expect(secretsIn(told.join('\n'), CANARIES)).toEqual(expect.arrayContaining(['the text of cana…', 'a signature']));
  });
});

describe('F106 an error of the library itself, that somebody passes on', () => {
  let error: unknown;

  beforeAll(async () => {
    knownSecrets.add(Secret.of(KEY));
    knownSecrets.add(Secret.of(SECRET));
    const exchange = newExchange();
    exchange.control({ command: 'faults', rules: [{ match: { path: 'account' }, effect: { type: 'http', status: 500, body: 'oops' } }] });
    const library = ccxtFor(exchange, { apiKey: KEY, secret: SECRET });
    error = await library.fetchBalance().catch((reason: unknown) => Object.assign(reason as Error, { library }));
  });

  it('does hold the signature, and the library the secret', () => {
    expect(secretsIn(String(error), CANARIES)).toEqual(['a signature']);
    expect(secretsIn(inspect(error, { depth: 4 }), CANARIES).length).toBeGreaterThanOrEqual(2);
  });

  it('is clean as the last words of a process', () => {
    expect(secretsIn(describeFailure(error).text, CANARIES)).toEqual([]);
  });

  it.each([true, false])('is clean in the log (terminal: %s)', (terminal) => {
    const said: string[] = [];
    const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0));
    try {
      new ServiceLogger(terminal).error(error, 'Test');
      new ServiceLogger(terminal).warn({ nested: [error, (error as { library: unknown }).library] });
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(said.length).toBeGreaterThanOrEqual(2);
    expect(secretsIn(said.join(''), CANARIES)).toEqual([]);
  });

  it('is clean in the ledger', async () => {
    const ledger = await openLedger({ dataDir: inFolder(), nowMs: 1_700_000_000_000, botId: 'bot-1' });
    const { message, stack } = error as Error;
    await new BotStateRepository(ledger.database).recordEvent({ botId: 'bot-1', mode: 'live', kind: 'error', at: 1_700_000_000_000, configHash: null, details: { message, stack, shown: inspect(error, { depth: 6 }) } });
    await ledger.close();
    expect(secretsBelow(inFolder(), CANARIES)).toEqual([]);
  });
});

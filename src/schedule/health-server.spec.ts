import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';

import { ConfigError } from '../domain/errors.js';
import { Secret } from '../domain/secret.js';
import { HealthServer, type HealthServerParts } from './health-server.js';
import type { HealthStatus } from './status-board.js';

const TOKEN = 'canaryTokenOfTheEndpoint0123456789';
const METRICS = '# HELP x y\nx 1\n';
const ROUTES = ['/health', '/metrics', '/', '/admin', '/health/', '/metrics?x=1', '/../etc/passwd', '//health', '/HEALTH', '/halt', '/resume', '/orders', '/config', '/api/v1/stop', '*'];
const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const open: HealthServer[] = [];

async function serve(changes: Partial<HealthServerParts> = {}): Promise<number> {
  const server = new HealthServer({ host: '127.0.0.1', port: 0, name: null, token: null, health: async () => Promise.resolve('up'), metrics: async () => Promise.resolve({ contentType: 'text/plain; version=0.0.4', text: METRICS }), ...changes });
  open.push(server);
  return server.listen();
}

function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What comes back for bytes that no client would send, until the connection ends. */
function askRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

const bearer = (token: string): Ask => ({ headers: { authorization: `Bearer ${token}` } });

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('HealthServer', () => {
  it.each<[HealthStatus, number]>([
    ['up', 200],
    ['degraded', 200],
    ['halted', 503],
  ])('S21 says %s, with %i, and nothing else', async (status, code) => {
    const port = await serve({ health: async () => Promise.resolve(status) });
    const reply = await ask(port, '/health');
    expect([reply.status, reply.body]).toEqual([code, `{"status":"${status}"}\n`]);
    expect(reply.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'close' });
    expect(Object.keys(reply.headers).sort()).toEqual(['cache-control', 'connection', 'content-length', 'content-security-policy', 'content-type', 'date', 'x-content-type-options']);
  });

  it('shows metrics as Prometheus reads them', async () => {
    const reply = await ask(await serve(), '/metrics');
    expect([reply.status, reply.headers['content-type'], reply.body]).toEqual([200, 'text/plain; version=0.0.4', METRICS]);
  });

  it('answers HEAD without a body', async () => {
    const reply = await ask(await serve(), '/metrics', { method: 'HEAD' });
    expect([reply.status, reply.headers['content-length'], reply.body]).toEqual([200, String(METRICS.length), '']);
  });

  it('S21 asks for the token on every route but /health, whether there is one or not', async () => {
    const port = await serve({ token: Secret.of(TOKEN) });
    for (const path of ROUTES) expect([path, (await ask(port, path)).status]).toEqual([path, path === '/health' ? 200 : 401]);
    for (const method of METHODS) expect([method, (await ask(port, '/metrics', { method })).status]).toEqual([method, 401]);
    expect((await ask(port, '/metrics')).headers['www-authenticate']).toBe('Bearer');
  });

  it.each(['', 'x', TOKEN.slice(0, -1), `${TOKEN}x`, TOKEN.toUpperCase(), `${TOKEN} `.repeat(2), 'x'.repeat(2000)])('S21 takes no other token, number %#', async (token) => {
    const port = await serve({ token: Secret.of(TOKEN) });
    expect((await ask(port, '/metrics', bearer(token))).status).toBe(401);
  });

  it('S21 takes the token as a bearer token only', async () => {
    const port = await serve({ token: Secret.of(TOKEN) });
    expect((await ask(port, '/metrics', bearer(TOKEN))).status).toBe(200);
    expect((await ask(port, '/metrics', { headers: { authorization: `bearer ${TOKEN}` } })).status).toBe(200);
    for (const authorization of [TOKEN, `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`, `Token ${TOKEN}`]) expect((await ask(port, '/metrics', { headers: { authorization } })).status).toBe(401);
    expect((await ask(port, `/metrics?token=${TOKEN}`)).status).toBe(401);
    expect((await ask(port, '/metrics', { headers: { cookie: `token=${TOKEN}`, 'x-token': TOKEN } })).status).toBe(401);
  });

  it('S23 has two routes, and neither of them acts', async () => {
    const port = await serve();
    const found = [];
    for (const path of ROUTES) if ((await ask(port, path)).status === 200) found.push(path);
    expect(found).toEqual(['/health', '/metrics']);
    for (const path of found) {
      for (const method of METHODS) {
        const { status, headers } = await ask(port, path, { method });
        expect([path, method, status, headers.allow]).toEqual([path, method, 405, 'GET, HEAD']);
      }
    }
  });

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST:9464', '[::1]:9464', '10.1.2.3:9464', 'bot:9464', 'Bot'])('S22 is asked as %s', async (host) => {
    expect((await ask(await serve({ name: 'bot' }), '/health', { headers: { host } })).status).toBe(200);
  });

  it.each(['evil.example.com', 'evil.example.com:9464', 'localhost.evil.example.com', '127.0.0.1.evil.example.com', 'bot.evil', 'a b', '[bot]', '127.0.0.1:80:80'])('S22 is not asked as %j: a page could have chosen that name', async (host) => {
    expect((await ask(await serve({ name: 'bot' }), '/health', { headers: { host } })).status).toBe(421);
  });

  it.each(['host:', 'host:  ', 'host: localhost\r\nhost: evil.example.com'])('S22 is not asked with the header %j', async (header) => {
    expect(await askRaw(await serve(), `GET /health HTTP/1.1\r\n${header}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4(00|21) /);
  });

  it('S22 answers no page of a browser, and lets none read it', async () => {
    const port = await serve();
    const reply = await ask(port, '/metrics', { headers: { origin: 'http://127.0.0.1:9464' } });
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect((await ask(port, '/metrics')).headers['access-control-allow-origin']).toBeUndefined();
  });

  it('S24 does not read what is sent along, however much it is', async () => {
    const port = await serve();
    // The length alone: were it waited for, there would be no answer.
    expect(await askRaw(port, 'GET /health HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000000\r\n\r\nx')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await askRaw(port, 'POST /metrics HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nffffff\r\nx')).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('S24 takes no endless headers, and nothing that is no HTTP', async () => {
    const port = await serve();
    expect(await askRaw(port, `GET /health HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await askRaw(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await askRaw(port, 'GET /health HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await askRaw(port, 'GET /health HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('S24 gives headers, requests and sockets a time after which they end', async () => {
    await serve();
    const { server } = open[0] as unknown as { server: { headersTimeout: number; requestTimeout: number; timeout: number; maxConnections: number } };
    expect([server.headersTimeout, server.requestTimeout, server.timeout]).toEqual([5000, 5000, 10_000]);
    expect(server.maxConnections).toBe(20);
  });

  it('answers that it failed, and not why, when health or metrics cannot be had', async () => {
    const port = await serve({ health: async () => Promise.reject(new Error('canary')), metrics: async () => Promise.reject(new Error('canary')) });
    for (const path of ['/health', '/metrics']) expect(await ask(port, path)).toMatchObject({ status: 500, body: 'failed\n' });
  });

  it('refuses a port that another program has', async () => {
    const port = await serve();
    const refused = serve({ port });
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(`http.port: ${port} on 127.0.0.1 cannot be listened on (EADDRINUSE): take another, or turn http.enabled off`);
  });

  it('ends although somebody is connected', async () => {
    const port = await serve();
    const left = askRaw(port, 'GET /health HTTP/1.1\r\n');
    expect((await ask(port, '/health')).status).toBe(200);
    await open.splice(0)[0].close();
    expect(await left).toBe('');
  });
});

import { createServer, type AddressInfo } from 'node:net';
import { writeFileSync, mkdirSync } from 'node:fs';

import { buildOnce } from '../support/cli.js';
import { HttpReceiver } from '../support/notify/http-receiver.js';
import { startCli, type RunningCli } from '../support/running-cli.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const HOOK_PATH = '/in/canaryWebhookPath0123456789';
const TOKEN = 'canaryTokenOfTheEndpoint0123456789';
const inFolder = useTemporaryFolder();
const open: HttpReceiver[] = [];

buildOnce();

afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

/** A port that nobody had a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

async function receiver(...script: Parameters<typeof HttpReceiver.open>): Promise<HttpReceiver> {
  const opened = await HttpReceiver.open(...script);
  open.push(opened);
  return opened;
}

function start(settings: object, env: Record<string, string> = {}): RunningCli {
  mkdirSync(inFolder('settings'), { recursive: true });
  writeFileSync(inFolder('settings/config.json'), JSON.stringify({ timeframe: '1h', data: { source: 'built-in' }, ...settings }));
  return startCli(['run'], inFolder('.'), null, { ALLOW_LOOPBACK_NOTIFICATIONS: '1', ...env });
}

const eventsOf = ({ received }: HttpReceiver): string[] => received.map(({ body }) => (JSON.parse(body) as { event: string }).event);

describe('a service that is watched', () => {
  it('tells that it starts and stops, and answers in between', async () => {
    const [there, port] = [await receiver(), await freePort()];
    const service = start({ notifications: { webhook: true }, http: { enabled: true, port } }, { NOTIFY_WEBHOOK_URL: there.url + HOOK_PATH, HTTP_TOKEN: TOKEN });
    await there.got(1);
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    expect([health.status, ['{"status":"up"}\n', '{"status":"degraded"}\n']]).toEqual([200, expect.arrayContaining([await health.text()])]);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(401);
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await metrics.text()).toContain('trading_bot_info{bot_id="bot-1",mode="paper",market="BTC/USDT 1h",strategy="sma_cross"} 1');
    service.process.kill('SIGTERM');
    const { code, stdout, stderr } = await service.end;
    expect([code, eventsOf(there)]).toEqual([0, ['start', 'stop']]);
    expect(stdout + stderr).not.toContain('canary');
  });

  it('ends in order although the receiver hangs', async () => {
    const there = await receiver({ kind: 'hang' }, { kind: 'hang' });
    const service = start({ notifications: { webhook: true } }, { NOTIFY_WEBHOOK_URL: there.url + HOOK_PATH });
    await there.got(1);
    service.process.kill('SIGTERM');
    expect((await service.end).code).toBe(0);
    expect(eventsOf(there)).toEqual(['start']);
  });

  it.each<[string, object, Record<string, string>, string]>([
    ['S20 its endpoint could be reached from other machines without a token', { http: { enabled: true, host: '0.0.0.0' } }, {}, 'HTTP_TOKEN: is not set, and http.host 0.0.0.0 can be reached from other machines'],
    ['a channel lacks its address', { notifications: { webhook: true } }, {}, 'NOTIFY_WEBHOOK_URL: is not set'],
  ])('does not start when %s', async (_, settings, env, words) => {
    const { code, stderr } = await start(settings, env).end;
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('does not start when its port is taken', async () => {
    const there = await receiver();
    const { code, stderr } = await start({ http: { enabled: true, port: Number(new URL(there.url).port) } }).end;
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be listened on (EADDRINUSE)')]);
  });
});

import { runCli, buildOnce, type CliRun } from '../support/cli.js';
import { HttpReceiver } from '../support/notify/http-receiver.js';
import { SmtpReceiver } from '../support/notify/smtp-receiver.js';

const TOKEN = '123456789:canaryTelegramToken_0123456789abcdef';
const HOOK_PATH = '/in/canaryWebhookPath0123456789';
const DISCORD_PATH = '/api/webhooks/123456789012345678/canaryDiscordToken-0123456789_abcdefghijklmnop';

buildOnce();

const run = (notifications: object, env: Record<string, string> = {}, ...flags: string[]): Promise<CliRun> =>
  runCli(['notify', 'test', ...flags], { files: { 'settings/config.json': JSON.stringify({ bot_id: 'my-bot', notifications }) }, env: { ALLOW_LOOPBACK_NOTIFICATIONS: '1', ...env } });

describe('notify test', () => {
  it('sends one message on every channel, and says so', async () => {
    const [webhook, discord, telegram, mail] = [await HttpReceiver.open(), await HttpReceiver.open(), await HttpReceiver.open(), await SmtpReceiver.open()];
    const { code, stdout, stderr } = await run(
      { webhook: true, discord: true, telegram: { enabled: true, chat_id: '-100123' }, mail: { enabled: true, host: '127.0.0.1', port: mail.port, from: 'bot@example.com', to: 'me@example.com' } },
      { NOTIFY_WEBHOOK_URL: webhook.url + HOOK_PATH, NOTIFY_DISCORD_URL: discord.url + DISCORD_PATH, NOTIFY_TELEGRAM_TOKEN: TOKEN, NOTIFY_TELEGRAM_BASE_URL: telegram.url },
    );
    expect([code, stdout, stderr]).toEqual([0, 'webhook   delivered\ntelegram  delivered\ndiscord   delivered\nmail      delivered\n', '']);
    const title = 'This is a test: messages of the bot arrive here';
    expect(webhook.received.map(({ path, body }) => [path, (JSON.parse(body) as { event: string; title: string }).title])).toEqual([[HOOK_PATH, title]]);
    expect(discord.received.map(({ path, body }) => [path, (JSON.parse(body) as { content: string }).content.split('\n', 1)[0]])).toEqual([[DISCORD_PATH, title]]);
    expect(telegram.received.map(({ path, body }) => [path, (JSON.parse(body) as { chat_id: string }).chat_id])).toEqual([[`/bot${TOKEN}/sendMessage`, '-100123']]);
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]).toContain(`Subject: [my-bot] ${title}`);
    await Promise.all([webhook.close(), discord.close(), telegram.close(), mail.close()]);
  });

  it('says which did not arrive and why, shows no secret, and ends with 1', async () => {
    const [webhook, discord] = [await HttpReceiver.open({ kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:1/' } }), await HttpReceiver.open()];
    const gone = discord.url;
    await discord.close();
    const { code, stdout, stderr } = await run({ webhook: true, discord: true }, { NOTIFY_WEBHOOK_URL: webhook.url + HOOK_PATH, NOTIFY_DISCORD_URL: gone + DISCORD_PATH });
    expect([code, stdout]).toEqual([1, 'webhook   NOT delivered: answered with a redirect (302), which is not followed\ndiscord   NOT delivered: not reached (ECONNREFUSED)\n']);
    expect(stdout + stderr).not.toContain('canary');
    await webhook.close();
  });

  it('takes one channel of several, and JSON', async () => {
    const webhook = await HttpReceiver.open();
    const env = { NOTIFY_WEBHOOK_URL: webhook.url + HOOK_PATH, NOTIFY_DISCORD_URL: `http://127.0.0.1:1${DISCORD_PATH}` };
    const { code, stdout } = await run({ webhook: true, discord: true }, env, '--channel', 'webhook', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { channels: [{ channel: 'webhook', delivered: true, why: null }] }]);
    expect(webhook.received).toHaveLength(1);
    await webhook.close();
  });

  it.each<[string, object, Record<string, string>, string[], string]>([
    ['no channel is turned on', {}, {}, [], 'notifications: no channel is turned on: set notifications.webhook'],
    ['the one that is asked for is not', { webhook: true }, { NOTIFY_WEBHOOK_URL: `http://127.0.0.1:1${HOOK_PATH}` }, ['--channel', 'mail'], 'notifications: mail is not turned on'],
    ['there is no such channel', {}, {}, ['--channel', 'pigeon'], '--channel: must be one of webhook, telegram, discord, mail, was "pigeon"'],
    ['an address is missing', { webhook: true }, {}, [], 'NOTIFY_WEBHOOK_URL: is not set, and notifications.webhook needs it'],
    ['an address leads elsewhere unencrypted', { webhook: true }, { NOTIFY_WEBHOOK_URL: `http://hooks.example.com${HOOK_PATH}` }, [], 'NOTIFY_WEBHOOK_URL: must begin with https://'],
  ])('ends with 2 when %s, and sends nothing', async (_, notifications, env, flags, words) => {
    const { code, stdout, stderr } = await run(notifications, env, ...flags);
    if (words.includes('pigeon')) expect(stderr).toContain('--channel');
    else expect(stderr).toContain(words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toContain('canary');
  });
});

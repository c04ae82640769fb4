import { chmodSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

import { caught } from '../../test/support/caught.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { ConfigError } from '../domain/errors.js';
import { redact } from '../domain/redact.js';
import { NOTIFICATION_VARIABLES, notificationSecrets, telegramUrl } from './notification-secrets.js';
import { NotificationsConfig } from './notifications-config.js';
import { resolveConfig, type Environment } from './resolve-config.js';

const HOOK = 'https://hooks.example.com/in/canaryWebhookPath0123456789';
const DISCORD = 'https://discord.com/api/webhooks/123456789012345678/canaryDiscordToken-0123456789_abcdefghijklmnop';
const TOKEN = '123456789:canaryTelegramToken_0123456789abcdef';
const PASSWORD = 'canary mail password';
const ALL: Environment = { NOTIFY_WEBHOOK_URL: HOOK, NOTIFY_DISCORD_URL: DISCORD, NOTIFY_TELEGRAM_TOKEN: TOKEN, NOTIFY_SMTP_PASSWORD: PASSWORD };

const inFolder = useTemporaryFolder();

const settings = (notifications: object): NotificationsConfig => resolveConfig({ name: 'test', settings: { notifications } }, {}, []).config.notifications;
const MAIL = { enabled: true, host: 'smtp.example.com', from: 'bot@example.com', to: 'me@example.com' };
const EVERYTHING = settings({ webhook: true, discord: true, telegram: { enabled: true, chat_id: '-100123' }, mail: { ...MAIL, user: 'bot' } });
const refusalOf = (config: NotificationsConfig, env: Environment): string => caught(ConfigError, () => notificationSecrets(config, env)).message;
const WEBHOOK = settings({ webhook: true });

describe('notificationSecrets', () => {
  it('reads what is turned on, and nothing else', () => {
    const texts = (config: NotificationsConfig): unknown[] => {
      const { webhook, discord, telegram, mail } = notificationSecrets(config, ALL);
      return [webhook, discord, telegram, mail].map((secret) => secret?.reveal() ?? null);
    };
    expect(texts(EVERYTHING)).toEqual([HOOK, DISCORD, TOKEN, PASSWORD]);
    expect(texts(new NotificationsConfig())).toEqual([null, null, null, null]);
    expect(texts(settings({ mail: MAIL }))).toEqual([null, null, null, null]);
  });

  it('takes them from files that only their owner reads', () => {
    writeFileSync(inFolder('hook'), `${HOOK}\n`);
    chmodSync(inFolder('hook'), 0o400);
    expect(notificationSecrets(WEBHOOK, { NOTIFY_WEBHOOK_URL_FILE: inFolder('hook') }).webhook?.reveal()).toBe(HOOK);
    chmodSync(inFolder('hook'), 0o644);
    expect(refusalOf(WEBHOOK, { NOTIFY_WEBHOOK_URL_FILE: inFolder('hook') })).toContain('which has mode 0644: only its owner may read it');
  });

  it('names everything at once that a channel needs and does not have', () => {
    const bare = settings({ webhook: true, discord: true, telegram: { enabled: true }, mail: { enabled: true, user: 'bot' } });
    const { problems } = caught(ConfigError, () => notificationSecrets(bare, {}));
    expect(problems.map(({ path }) => path)).toEqual([...['webhook', 'discord', 'telegram', 'mail'].map((part) => NOTIFICATION_VARIABLES[part as 'mail']), 'notifications.telegram.chat_id', 'notifications.mail.host', 'notifications.mail.from', 'notifications.mail.to']);
    expect(problems[0].message).toBe('is not set, and notifications.webhook needs it: set it, or NOTIFY_WEBHOOK_URL_FILE, or turn the channel off');
  });

  it.each([
    ['no address', 'hooks.example.com', 'must be an address that begins with https://'],
    ['http', HOOK.replace('https', 'http'), 'must begin with https://'],
    ['a name and a password', HOOK.replace('//', '//me:canaryPassword@'), 'holds a name or a password before its host'],
    ['this machine', 'http://127.0.0.1:1/canaryWebhookPath0123456789', 'ALLOW_LOOPBACK_NOTIFICATIONS=1'],
    ['a machine that only sounds like this one', 'http://localhost.example.com/canaryWebhookPath0123456789', 'must begin with https://'],
    ['another protocol', 'ftp://example.com/canaryWebhookPath0123456789', 'must be an address that begins with https://'],
  ])('refuses a webhook of %s, and does not repeat it', (_, address, words) => {
    const message = refusalOf(WEBHOOK, { NOTIFY_WEBHOOK_URL: address });
    expect(message).toContain(words);
    expect(message).not.toMatch(/canary|example/);
  });

  it.each(['http://127.0.0.1:9/x', 'http://localhost/x', 'http://[::1]:9/x'])('takes %s where the environment says so twice', (address) => {
    expect(notificationSecrets(WEBHOOK, { NOTIFY_WEBHOOK_URL: address, ALLOW_LOOPBACK_NOTIFICATIONS: '1' }).webhook?.reveal()).toBe(address);
    expect(refusalOf(WEBHOOK, { NOTIFY_WEBHOOK_URL: address, ALLOW_LOOPBACK_NOTIFICATIONS: 'yes' })).toContain('without encryption');
  });

  it.each([HOOK, 'https://discord.com/api/webhooks/', 'https://discord.com.example.com/api/webhooks/123456789012345678/abcdefghijklmnopqrstuvwxyz', 'https://discord.com/api/users/123456789012345678/abcdefghijklmnopqrstuvwxyz'])(
    'refuses what is no Discord webhook: %s',
    (address) => {
      expect(refusalOf(settings({ discord: true }), { NOTIFY_DISCORD_URL: address })).toContain('must be the address of a Discord webhook');
    },
  );

  it('refuses a token and a password of another form without repeating them', () => {
    const message = refusalOf(EVERYTHING, { ...ALL, NOTIFY_TELEGRAM_TOKEN: 'canaryToken', NOTIFY_SMTP_PASSWORD: 'canary\tpassword' });
    expect(message).toContain("NOTIFY_TELEGRAM_TOKEN: must be a bot's token such as 123456789:ABC…, was 11 characters of another form (not shown)");
    expect(message).not.toContain('canary');
  });

  it('S03 has the redactor know all of them, and of an address also the way alone', () => {
    const found = notificationSecrets(EVERYTHING, ALL);
    expect(inspect(found, { depth: 9 }) + JSON.stringify(found)).not.toContain('canary');
    for (const text of [HOOK, new URL(HOOK).pathname, DISCORD, new URL(DISCORD).pathname, `${TOKEN}/sendMessage`, PASSWORD, encodeURIComponent(HOOK)]) expect(redact(`at ${text}`)).not.toContain('canary');
  });

  it('S01 settings have no place for any of them', () => {
    for (const name of ['webhook_url', 'token', 'password', 'bot_token', 'smtp_password']) {
      expect(() => resolveConfig({ name: 'test', settings: { notifications: { [name]: TOKEN } } }, {}, [])).toThrow(ConfigError);
    }
    expect(() => resolveConfig({ name: 'test', settings: { notifications: { webhook: HOOK } } }, {}, [])).toThrow(ConfigError);
  });

  it.each(['me@example.com, you@example.com', 'Me <me@example.com>', 'me@example.com\r\nBcc: x@example.com', 'me', 'me@example', '@example.com'])('takes one mail address and nothing around it, not %j', (to) => {
    expect(() => settings({ mail: { ...MAIL, to } })).toThrow('must be one mail address');
  });
});

describe('telegramUrl', () => {
  it("is Telegram's own, or one on this machine where the environment says so twice", () => {
    expect(telegramUrl({})).toBe('https://api.telegram.org');
    expect(telegramUrl({ NOTIFY_TELEGRAM_BASE_URL: 'http://127.0.0.1:8081/', ALLOW_LOOPBACK_NOTIFICATIONS: '1' })).toBe('http://127.0.0.1:8081');
    expect(() => telegramUrl({ NOTIFY_TELEGRAM_BASE_URL: 'http://127.0.0.1:8081' })).toThrow('together with ALLOW_LOOPBACK_NOTIFICATIONS=1');
    expect(() => telegramUrl({ NOTIFY_TELEGRAM_BASE_URL: 'https://example.com', ALLOW_LOOPBACK_NOTIFICATIONS: '1' })).toThrow('may only name this machine');
    expect(() => telegramUrl({ NOTIFY_TELEGRAM_BASE_URL: 'nonsense' })).toThrow('may only name this machine');
  });
});

import { ConfigError, type Problem } from '../domain/errors.js';
import { knownSecrets } from '../domain/redact.js';
import { Secret } from '../domain/secret.js';
import { partOf, readSecretFile, type SecretFileReader, type Shape } from './credentials.js';
import type { NotificationsConfig } from './notifications-config.js';
import type { Environment } from './resolve-config.js';

/** What the channels need that nobody may read; null where it is not set. */
export interface NotificationSecrets {
  /** Addresses: whoever knows them can write there. */
  readonly webhook: Secret | null;
  readonly discord: Secret | null;
  /** Of a Telegram bot. */
  readonly telegram: Secret | null;
  /** Of the account at the mail server. */
  readonly mail: Secret | null;
}

/** Each may end in `_FILE` and then names a file. */
export const NOTIFICATION_VARIABLES: { readonly [part in keyof NotificationSecrets]: string } = {
  webhook: 'NOTIFY_WEBHOOK_URL',
  discord: 'NOTIFY_DISCORD_URL',
  telegram: 'NOTIFY_TELEGRAM_TOKEN',
  mail: 'NOTIFY_SMTP_PASSWORD',
};

/** Lets messages go to this very machine, unencrypted: for tests, and for a receiver that stands beside the bot. */
export const LOOPBACK_NOTIFICATIONS_VARIABLE = 'ALLOW_LOOPBACK_NOTIFICATIONS';
/** Telegram's own server software on this machine, or a stand-in for it. */
export const TELEGRAM_URL_VARIABLE = 'NOTIFY_TELEGRAM_BASE_URL';

const ADDRESS: Shape = { pattern: /^https?:\/\/[!-~]{4,2000}$/, expected: 'an address that begins with https://' };
const TELEGRAM_TOKEN: Shape = { pattern: /^\d{5,20}:[A-Za-z0-9_-]{30,100}$/, expected: "a bot's token such as 123456789:ABC…" };
const MAIL_PASSWORD: Shape = { pattern: /^[ -~]{1,512}$/, expected: '1 to 512 characters on one line' };
const DISCORD_PATH = /^\/api(\/v\d{1,2})?\/webhooks\/\d{5,25}\/[A-Za-z0-9_-]{20,200}$/;
const DISCORD_HOSTS = new Set(['discord.com', 'ptb.discord.com', 'canary.discord.com', 'discordapp.com']);
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const TELEGRAM_URL = 'https://api.telegram.org';

/**
 * What the channels that are turned on need. Nothing is read for those that are not.
 *
 * @throws ConfigError naming every variable that is missing or cannot be used; what is in it, is never in the message
 */
export function notificationSecrets(config: NotificationsConfig, env: Environment, readFile: SecretFileReader = readSecretFile): NotificationSecrets {
  const problems: Problem[] = [];
  const find = (wanted: boolean, part: keyof NotificationSecrets, shape: Shape, setting: string): Secret | null => {
    if (!wanted) return null;
    const variable = NOTIFICATION_VARIABLES[part];
    const before = problems.length;
    const found = partOf(env, variable, shape, readFile, problems);
    if (found === null && problems.length === before) problems.push({ path: variable, message: `is not set, and ${setting} needs it: set it, or ${variable}_FILE, or turn the channel off` });
    return found;
  };
  const { webhook, discord, telegram, mail } = config;
  const secrets = {
    webhook: find(webhook, 'webhook', ADDRESS, 'notifications.webhook'),
    discord: find(discord, 'discord', ADDRESS, 'notifications.discord'),
    telegram: find(telegram.enabled, 'telegram', TELEGRAM_TOKEN, 'notifications.telegram.enabled'),
    mail: find(mail.enabled && mail.user !== undefined, 'mail', MAIL_PASSWORD, 'notifications.mail.user'),
  };
  if (secrets.webhook !== null) judgeAddress(secrets.webhook, NOTIFICATION_VARIABLES.webhook, env, problems);
  if (secrets.discord !== null && judgeAddress(secrets.discord, NOTIFICATION_VARIABLES.discord, env, problems)) judgeDiscord(secrets.discord, problems);
  const needs = (section: object, path: string, names: readonly string[]): void => {
    for (const [name, spelling] of names.map((word) => [word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), word])) {
      if ((section as Record<string, unknown>)[name] === undefined) problems.push({ path: `${path}.${spelling}`, message: `is not set, and ${path}.enabled needs it` });
    }
  };
  if (telegram.enabled) needs(telegram, 'notifications.telegram', ['chat_id']);
  if (mail.enabled) needs(mail, 'notifications.mail', ['host', 'from', 'to']);
  if (problems.length > 0) throw new ConfigError(problems, 'Cannot use the channels of notifications');
  return secrets;
}

/**
 * Where Telegram is. Another address than its own is only taken on this very machine.
 *
 * @throws ConfigError
 */
export function telegramUrl(env: Environment): string {
  const text = env[TELEGRAM_URL_VARIABLE] ?? '';
  if (text === '') return TELEGRAM_URL;
  if (!URL.canParse(text) || !LOOPBACK_HOSTS.has(new URL(text).hostname)) throw new ConfigError([{ path: TELEGRAM_URL_VARIABLE, message: `may only name this machine, e.g. http://127.0.0.1:8081, was ${JSON.stringify(text)}` }]);
  if (!allowsLoopback(env)) throw new ConfigError([{ path: TELEGRAM_URL_VARIABLE, message: `is only taken together with ${LOOPBACK_NOTIFICATIONS_VARIABLE}=1` }]);
  return new URL(text).origin;
}

/** Whether messages may go to this very machine unencrypted. */
export function allowsLoopback(env: Environment): boolean {
  return env[LOOPBACK_NOTIFICATIONS_VARIABLE] === '1';
}

export function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOSTS.has(host) || host === '::1';
}

/** @returns whether it can be used */
function judgeAddress(address: Secret, variable: string, env: Environment, problems: Problem[]): boolean {
  const wrong = (message: string): boolean => {
    problems.push({ path: variable, message: `${message} (the address is not shown)` });
    return false;
  };
  if (!URL.canParse(address.reveal())) return wrong('is no address');
  const { protocol, hostname, username, password, pathname, search } = new URL(address.reveal());
  // An error of the network may tell the way without the host.
  knownSecrets.add(Secret.of(pathname + search));
  if (username !== '' || password !== '') return wrong('holds a name or a password before its host, which would be sent to nobody: leave it out');
  if (protocol === 'https:') return true;
  if (!LOOPBACK_HOSTS.has(hostname)) return wrong('must begin with https://: everybody on the way could read what begins with http://');
  return allowsLoopback(env) || wrong(`names this machine without encryption, which is only taken together with ${LOOPBACK_NOTIFICATIONS_VARIABLE}=1`);
}

function judgeDiscord(address: Secret, problems: Problem[]): void {
  const { hostname, pathname } = new URL(address.reveal());
  if ((DISCORD_HOSTS.has(hostname) || LOOPBACK_HOSTS.has(hostname)) && DISCORD_PATH.test(pathname)) return;
  problems.push({ path: NOTIFICATION_VARIABLES.discord, message: 'must be the address of a Discord webhook, https://discord.com/api/webhooks/…, as the settings of a channel show it (the address is not shown)' });
}

import { allowsLoopback, notificationSecrets, telegramUrl } from '../config/notification-secrets.js';
import type { NotificationsConfig } from '../config/notifications-config.js';
import type { Environment } from '../config/resolve-config.js';
import { knownSecrets } from '../domain/redact.js';
import { Secret } from '../domain/secret.js';
import type { Channel } from './channel.js';
import { discordBody, telegramBody, webhookBody } from './formats.js';
import { HttpChannel } from './http-channel.js';
import { MailChannel } from './mail-channel.js';

/** ms that one attempt may take, its answer included. */
export const ATTEMPT_MS = 10_000;

/**
 * The channels that are turned on. Nothing is asked and nothing is sent.
 *
 * @throws ConfigError naming everything that a channel needs and does not have
 */
export function openChannels(config: NotificationsConfig, env: Environment, ask: typeof fetch = fetch): Channel[] {
  const { webhook, discord, telegram: token, mail: password } = notificationSecrets(config, env);
  const { telegram, mail } = config;
  const channels: Channel[] = [];
  if (webhook !== null) channels.push(new HttpChannel({ name: 'webhook', address: webhook, body: webhookBody, fetch: ask }));
  if (token !== null) {
    const chatId = telegram.chatId as string; // notificationSecrets has refused a channel without it
    const address = hidden(`${telegramUrl(env)}/bot${token.reveal()}/sendMessage`);
    channels.push(new HttpChannel({ name: 'telegram', address, body: (notice) => telegramBody(notice, chatId), fetch: ask }));
  }
  if (discord !== null) channels.push(new HttpChannel({ name: 'discord', address: discord, body: discordBody, fetch: ask }));
  if (mail.enabled) {
    const { host, from, to } = mail as Required<typeof mail>; // likewise
    const { port, security, user = null } = mail;
    channels.push(new MailChannel({ host, port, security, user, password, from, to, allowLoopback: allowsLoopback(env), timeoutMs: ATTEMPT_MS }));
  }
  return channels;
}

function hidden(text: string): Secret {
  const secret = Secret.of(text);
  knownSecrets.add(secret);
  return secret;
}

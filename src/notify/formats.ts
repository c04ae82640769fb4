import { isoTime, shortTime } from '../domain/instant.js';
import { redact } from '../domain/redact.js';
import type { Notice, NoticeWeight } from './notice.js';

/** One text of a notice; what an exchange or an error says may be longer, and is cut. */
const MOST_OF_A_TEXT = 600;
const MOST_FACTS = 12;
/** Discord takes 2000 characters, Telegram 4096. */
const MOST_OF_A_MESSAGE = 1900;

const SIGNS: Readonly<Record<NoticeWeight, string>> = { info: '', good: 'OK: ', warning: 'WARNING: ', alarm: 'ALARM: ' };

/** Words for people, the same on every channel. Nothing that the redactor knows is in them, and nothing that would steer a terminal. */
export function plainText(notice: Notice): string {
  const { botId, mode, market, at } = notice;
  const facts = factsOf(notice).map(({ label, value }) => `${label}: ${value}`);
  return shortened([headline(notice), ...facts, `${safe(botId)} (${safe(mode)}), ${safe(market)}, ${shortTime(at)} UTC`].join('\n'), MOST_OF_A_MESSAGE);
}

/** One line: how bad it is, and what it is. */
export function headline({ weight, title }: Notice): string {
  return SIGNS[weight] + safe(title);
}

/** For programs: what docs/MONITORING.md describes. */
export function webhookBody(notice: Notice): string {
  const { kind, weight, at, botId, mode, market } = notice;
  return JSON.stringify({
    schema: 'trading-bot.notice/1',
    event: kind,
    weight,
    at,
    at_iso: isoTime(at),
    bot_id: safe(botId),
    mode: safe(mode),
    market: safe(market),
    title: safe(notice.title),
    facts: Object.fromEntries(factsOf(notice).map(({ label, value }) => [label, value])),
    text: plainText(notice),
  });
}

/** Plain text: nothing in it is markup, whatever it holds. */
export function telegramBody(notice: Notice, chatId: string): string {
  return JSON.stringify({ chat_id: chatId, text: plainText(notice), link_preview_options: { is_disabled: true }, disable_notification: notice.weight === 'info' });
}

/** Nobody is called by it, whatever the text holds: no @everyone, no role, no user. */
export function discordBody(notice: Notice): string {
  return JSON.stringify({ content: shortened(plainText(notice).replace(/[\\*_~`|>#[\]]/g, '\\$&'), MOST_OF_A_MESSAGE), allowed_mentions: { parse: [] }, flags: SUPPRESS_EMBEDS });
}

const SUPPRESS_EMBEDS = 4;

export function mailOf(notice: Notice): { readonly subject: string; readonly text: string } {
  const { botId } = notice;
  return { subject: shortened(`[${safe(botId)}] ${headline(notice)}`, MOST_OF_A_SUBJECT), text: `${plainText(notice)}\n` };
}

const MOST_OF_A_SUBJECT = 150;

function factsOf({ facts }: Notice): { readonly label: string; readonly value: string }[] {
  const shown = facts.slice(0, MOST_FACTS).map(({ label, value }) => ({ label: safe(label), value: safe(value) }));
  return facts.length <= MOST_FACTS ? shown : [...shown, { label: 'more', value: `${facts.length - MOST_FACTS} not shown` }];
}

/** On one line, without secrets and without characters that are none. Redacted first: half a secret would not be recognised. */
function safe(text: string): string {
  return shortened(redact(text).replace(UNPRINTABLE, ' ').trim(), MOST_OF_A_TEXT);
}

/** Control characters, line breaks of every kind, marks that turn the direction of writing, and halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

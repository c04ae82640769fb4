import { ChoiceField, FlagField, IntegerField, SectionField, TextField } from '../schema/fields.js';

export const MAIL_SECURITY = ['tls', 'starttls'] as const;
export type MailSecurity = (typeof MAIL_SECURITY)[number];

/** One address and nothing around it: no name, no list, no line break that would begin another header. */
const MAIL_ADDRESS = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;

/** Which events are told, on every channel that is turned on. */
export class NotificationEventsConfig {
  @FlagField({ doc: 'Tell when the service starts.' })
  start = true;

  @FlagField({ doc: 'Tell when the service stops, and when it ends by a fault.' })
  stop = true;

  @FlagField({ doc: 'Tell every order that was filled, in whole or in part.' })
  trade = true;

  @FlagField({ doc: 'Tell when the bot halts or only reduces, and when it goes on.' })
  halt = true;

  @FlagField({ doc: 'Tell when ledger and account differ, or the outcome of an order is not known.' })
  mismatch = true;

  @FlagField({ doc: 'Tell when notifications.error_burst ticks in a row could not be done, and when they can again.' })
  errors = true;

  @FlagField({ doc: 'Tell once a day what was traded and won.' })
  dailySummary = true;
}

export class TelegramConfig {
  @FlagField({ doc: 'Send to a Telegram chat; needs chat_id, and NOTIFY_TELEGRAM_TOKEN in the environment.' })
  enabled = false;

  @TextField({ doc: 'Telegram chat: its number, or @name of a channel.', optional: true, pattern: /^(-?[1-9]\d{0,18}|@[A-Za-z]\w{3,31})$/, expected: 'the number of a chat such as -1001234567890, or @name of a channel' })
  chatId?: string;
}

export class MailConfig {
  @FlagField({ doc: 'Send mail; needs host, from and to, and NOTIFY_SMTP_PASSWORD in the environment where there is a user.' })
  enabled = false;

  @TextField({ doc: 'Mail server that takes the mail.', optional: true, pattern: /^([A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9][A-Za-z0-9-]{0,62})*)$/, expected: 'the name of a mail server, e.g. smtp.example.com' })
  host?: string;

  @IntegerField({ doc: 'Port of the mail server: 465 with tls, 587 with starttls.', min: 1, max: 65_535 })
  port = 465;

  @ChoiceField({ doc: 'How the connection is kept secret: tls from its first byte, or starttls. Nothing is ever sent without.', choices: MAIL_SECURITY })
  security: MailSecurity = 'tls';

  @TextField({ doc: 'Account at the mail server. Left out: none is needed.', optional: true, pattern: /^[!-~]{1,200}$/, expected: 'the name of an account' })
  user?: string;

  @TextField({ doc: 'Address that mail comes from.', optional: true, pattern: MAIL_ADDRESS, expected: 'one mail address, e.g. bot@example.com' })
  from?: string;

  @TextField({ doc: 'Address that mail goes to.', optional: true, pattern: MAIL_ADDRESS, expected: 'one mail address, e.g. me@example.com' })
  to?: string;
}

/** Where events are told. Addresses that hold a secret, tokens and passwords are in the environment only. */
export class NotificationsConfig {
  @FlagField({ doc: 'Send JSON to the address in NOTIFY_WEBHOOK_URL.' })
  webhook = false;

  @FlagField({ doc: 'Send to the Discord webhook in NOTIFY_DISCORD_URL.' })
  discord = false;

  @SectionField({ doc: 'Telegram.', section: TelegramConfig })
  telegram = new TelegramConfig();

  @SectionField({ doc: 'Mail.', section: MailConfig })
  mail = new MailConfig();

  @SectionField({ doc: 'Which events are told.', section: NotificationEventsConfig })
  events = new NotificationEventsConfig();

  @IntegerField({ doc: 'Ticks in a row that could not be done before that is told.', min: 1, max: 1000 })
  errorBurst = 3;

  @IntegerField({ doc: 'Hour of the day, UTC, at which the day before is summed up.', min: 0, max: 23 })
  summaryHour = 0;
}

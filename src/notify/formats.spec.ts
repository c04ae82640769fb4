import fc from 'fast-check';

import { aNotice } from '../../test/support/notify/notices.js';
import { knownSecrets } from '../domain/redact.js';
import { Secret } from '../domain/secret.js';
import { discordBody, headline, mailOf, plainText, telegramBody, webhookBody } from './formats.js';
import type { Notice } from './notice.js';

const CANARY = 'canaryOfTheFormats0123456789';
knownSecrets.add(Secret.of(CANARY));

const everyForm = (notice: Notice): string[] => [plainText(notice), webhookBody(notice), telegramBody(notice, '-100'), discordBody(notice), mailOf(notice).subject, mailOf(notice).text];
const odd = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\r\n', '\0', '\u202e', '\ud800', '@everyone', CANARY, '<!channel>', '\u001b[31m', 'x'.repeat(3000)))).map((parts) => parts.join(''));

describe('plainText', () => {
  it('says what happened, what there is to say beside it, and whose it is', () => {
    expect(plainText(aNotice())).toBe('Bought 0.5 at 100\nreason: SIGNAL.BUY\nbot-1 (paper), BTC/USDT 1h, 2026-01-02 03:04 UTC');
  });

  it.each([
    ['info', 'Bought 0.5 at 100'],
    ['good', 'OK: Bought 0.5 at 100'],
    ['warning', 'WARNING: Bought 0.5 at 100'],
    ['alarm', 'ALARM: Bought 0.5 at 100'],
  ] as const)('begins with how bad it is: %s', (weight, line) => {
    expect(headline(aNotice({ weight }))).toBe(line);
  });

  it('says how many facts it leaves out', () => {
    const facts = Array.from({ length: 15 }, (_, i) => ({ label: `fact ${i}`, value: 'x' }));
    expect(plainText(aNotice({ facts }))).toContain('fact 11: x\nmore: 3 not shown\n');
  });
});

describe('every form', () => {
  it('holds no secret, no control character and no more than a channel takes, whatever the texts are', () => {
    fc.assert(
      fc.property(odd, odd, odd, (title, label, value) => {
        const notice = aNotice({ title, botId: title, market: value, facts: Array.from({ length: 20 }, () => ({ label, value })) });
        for (const form of everyForm(notice)) {
          expect(form).not.toContain(CANARY);
          expect(form).not.toMatch(/\p{Cs}/u);
          expect(form.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
        expect(mailOf(notice).subject).not.toMatch(/[\r\n]/);
        expect((JSON.parse(discordBody(notice)) as { content: string }).content.length).toBeLessThanOrEqual(2000);
        expect((JSON.parse(telegramBody(notice, '1')) as { text: string }).text.length).toBeLessThanOrEqual(4096);
        expect(plainText(notice).split('\n').length).toBeLessThanOrEqual(15);
      }),
    );
  });

  it('hides a secret also where it stands at the place where a text is cut', () => {
    for (let before = 560; before < 610; before++) for (const form of everyForm(aNotice({ title: `${'y'.repeat(before)}${CANARY}` }))) expect(form).not.toContain(CANARY.slice(0, 12));
  });
});

describe('webhookBody', () => {
  it('is JSON with stable names', () => {
    expect(JSON.parse(webhookBody(aNotice()))).toEqual({
      schema: 'trading-bot.notice/1',
      event: 'trade',
      weight: 'info',
      at: 1767323045000,
      at_iso: '2026-01-02T03:04:05.000Z',
      bot_id: 'bot-1',
      mode: 'paper',
      market: 'BTC/USDT 1h',
      title: 'Bought 0.5 at 100',
      facts: { reason: 'SIGNAL.BUY' },
      text: plainText(aNotice()),
    });
  });
});

describe('telegramBody', () => {
  it('is plain text for one chat, quiet where nothing is wrong', () => {
    expect(JSON.parse(telegramBody(aNotice({ title: '<b>*x*</b>' }), '-100'))).toEqual({ chat_id: '-100', text: plainText(aNotice({ title: '<b>*x*</b>' })), link_preview_options: { is_disabled: true }, disable_notification: true });
    expect(JSON.parse(telegramBody(aNotice({ weight: 'alarm' }), '-100'))).toMatchObject({ disable_notification: false });
  });
});

describe('discordBody', () => {
  it('calls nobody, and shows every sign as it is', () => {
    const { content, ...rest } = JSON.parse(discordBody(aNotice({ title: '@everyone **x** [a](b)' }))) as { content: string };
    expect(rest).toEqual({ allowed_mentions: { parse: [] }, flags: 4 });
    expect(content).toContain('@everyone \\*\\*x\\*\\* \\[a\\](b)');
  });
});

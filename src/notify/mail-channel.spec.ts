import { SmtpReceiver, type SmtpScript } from '../../test/support/notify/smtp-receiver.js';
import { aNotice } from '../../test/support/notify/notices.js';
import { Secret } from '../domain/secret.js';
import type { Delivery } from './channel.js';
import { MailChannel, type MailChannelParts } from './mail-channel.js';

const PASSWORD = 'canary mail password';
const open: SmtpReceiver[] = [];

async function server(script: SmtpScript = {}): Promise<SmtpReceiver> {
  const opened = await SmtpReceiver.open(script);
  open.push(opened);
  return opened;
}

const deliver = ({ port }: SmtpReceiver, parts: Partial<MailChannelParts> = {}, signal = new AbortController().signal): Promise<Delivery> =>
  new MailChannel({ host: '127.0.0.1', port, security: 'starttls', user: null, password: null, from: 'bot@example.com', to: 'me@example.com', allowLoopback: true, timeoutMs: 60_000, ...parts }).deliver(aNotice(), signal);

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('MailChannel', () => {
  it('sends a mail to one person, as plain text', async () => {
    const there = await server();
    expect(await deliver(there)).toEqual({ kind: 'delivered' });
    expect(there.commands).toEqual(expect.arrayContaining(['MAIL FROM:<bot@example.com>', 'RCPT TO:<me@example.com>', 'DATA']));
    expect(there.mails).toHaveLength(1);
    expect(there.mails[0]).toContain('Subject: [bot-1] Bought 0.5 at 100\r\n');
    expect(there.mails[0]).toContain('Content-Type: text/plain');
    expect(there.mails[0]).toContain('reason: SIGNAL.BUY');
  });

  it('enters its account where there is one', async () => {
    const there = await server({ auth: true });
    expect(await deliver(there, { user: 'bot', password: Secret.of(PASSWORD) })).toEqual({ kind: 'delivered' });
    expect(there.commands).toContain(`AUTH PLAIN ${Buffer.from(`\0bot\0${PASSWORD}`).toString('base64')}`);
  });

  it.each<[string, SmtpScript, { why: string | RegExp; retry: boolean }]>([
    ['does not know the person', { answers: { RCPT: '550 5.1.1 no such user' } }, { why: /^the mail server answered 550: .*no such user/, retry: false }],
    ['is busy', { answers: { MAIL: '451 4.3.0 later' } }, { why: /^the mail server answered 451/, retry: true }],
    ['does not want it after all', { answers: { '.': '554 5.7.1 spam' } }, { why: /^the mail server answered 554/, retry: false }],
    ['wants nobody', { greeting: '554 go away' }, { why: /^the mail server answered 554/, retry: false }],
    ['speaks something else', { greeting: 'HTTP/1.1 400 Bad Request' }, { why: /^the mail server/, retry: true }],
  ])('says so when the server %s', async (_, script, { why, retry }) => {
    expect(await deliver(await server(script))).toEqual({ kind: 'failed', why: expect.stringMatching(why), retry, retryAfterMs: 0 });
  });

  it('says so when the account is refused, without the password', async () => {
    const there = await server({ auth: true, answers: { AUTH: '535 5.7.8 wrong' } });
    expect(await deliver(there, { user: 'bot', password: Secret.of(PASSWORD) })).toEqual({ kind: 'failed', why: 'the account was refused: 535 5.7.8 wrong', retry: false, retryAfterMs: 0 });
  });

  it.each<[string, Partial<MailChannelParts>]>([
    ['starttls that the server does not have', { security: 'starttls', allowLoopback: false }],
    ['tls that the server does not speak', { security: 'tls', allowLoopback: false }],
  ])('sends neither password nor mail unencrypted: %s', async (_, parts) => {
    const there = await server({ auth: true });
    expect(await deliver(there, { ...parts, user: 'bot', password: Secret.of(PASSWORD) })).toMatchObject({ kind: 'failed' });
    expect(there.commands.filter((command) => /^(AUTH|MAIL|RCPT|DATA)/.test(command))).toEqual([]);
    expect(there.mails).toEqual([]);
  });

  it('ends when it is told to, if the server says nothing', async () => {
    const there = await server({ greeting: null });
    const deadline = new AbortController();
    const delivery = deliver(there, {}, deadline.signal);
    await there.connected();
    deadline.abort();
    expect(await delivery).toEqual({ kind: 'failed', why: 'no answer in time', retry: true, retryAfterMs: 0 });
  });

  it('reads no more than it needs of a greeting without an end', async () => {
    const there = await server({ endless: true });
    expect(await deliver(there)).toMatchObject({ kind: 'failed' });
    expect(there.sent).toBeLessThan(32 * 2 ** 20);
  });

  it('says so when nobody listens', async () => {
    const gone = await SmtpReceiver.open();
    const { port } = gone;
    await gone.close();
    expect(await deliver({ port } as SmtpReceiver)).toEqual({ kind: 'failed', why: 'the mail server was not reached (ESOCKET)', retry: true, retryAfterMs: 0 });
  });
});

import type { TickReport } from '../../src/bot/tick-report.js';
import { NotificationEventsConfig } from '../../src/config/notifications-config.js';
import { knownSecrets } from '../../src/domain/redact.js';
import { Secret } from '../../src/domain/secret.js';
import type { Channel } from '../../src/notify/channel.js';
import { webhookBody } from '../../src/notify/formats.js';
import { HttpChannel } from '../../src/notify/http-channel.js';
import { MailChannel } from '../../src/notify/mail-channel.js';
import { Messenger } from '../../src/notify/messenger.js';
import { ATTEMPT_MS } from '../../src/notify/open-channels.js';
import { TickNotices } from '../../src/schedule/tick-notices.js';
import { PaperBench } from '../support/bot/paper-bench.js';
import { scripted } from '../support/bot/scripted-strategy.js';
import { candles } from '../support/candle-builder.js';
import { HandTimers } from '../support/notify/hand-timers.js';
import { HttpReceiver, type Behaviour } from '../support/notify/http-receiver.js';
import { aNotice } from '../support/notify/notices.js';
import { SmtpReceiver } from '../support/notify/smtp-receiver.js';

const START = Date.UTC(2024, 0, 1);
const BARS = 40;
const market = candles({ startMs: START }).flat(100, 5).ramp(100, 140, 20).ramp(140, 110, BARS - 25).build();
const settings = { risk: { max_position_size_usd: 100, max_price_deviation_bps: 0, max_orders_per_hour: 0 } };
/** In and out every other bar: a message with nearly every tick. */
const says = Object.fromEntries(Array.from({ length: BARS }, (_, bar) => [bar, bar % 2 === 0 ? 1 : -1]));

const toHttp = (url: string): Channel => new HttpChannel({ name: 'webhook', address: Secret.of(url), body: webhookBody, fetch });
const toMail = (port: number): Channel => new MailChannel({ host: '127.0.0.1', port, security: 'tls', user: null, password: null, from: 'a@example.com', to: 'b@example.com', allowLoopback: true, timeoutMs: 60_000 });

/** The same month of trading, told to these channels. */
async function trade(channels: readonly Channel[]): Promise<{ reports: TickReport[]; fills: unknown; messenger: Messenger; timers: HandTimers; told: number; troubles: string[] }> {
  const bench = await PaperBench.open(market, scripted(START, says), { settings });
  const timers = new HandTimers();
  const troubles: string[] = [];
  const messenger = new Messenger({ channels, events: new NotificationEventsConfig(), startTimer: timers.start, random: () => 0, onTrouble: (words) => troubles.push(words) });
  const notices = new TickNotices({ botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h' }, 3);
  const reports: TickReport[] = [];
  let told = 0;
  for (let bar = 4; bar < BARS - 1; bar++) {
    const report = await bench.tick(bar);
    for (const notice of notices.of(report)) {
      messenger.tell(notice);
      told++;
    }
    reports.push(report);
  }
  return { reports, fills: await bench.parts.trades.list({}, { limit: 100, offset: 0 }), messenger, timers, told, troubles };
}

const open: { close(): Promise<void> }[] = [];

async function http(...script: Behaviour[]): Promise<HttpReceiver> {
  const receiver = await HttpReceiver.open(...script);
  open.push(receiver);
  return receiver;
}

/** Nobody listens there any more. */
async function goneReceiver(): Promise<{ url: string }> {
  const receiver = await HttpReceiver.open();
  const { url } = receiver;
  await receiver.close();
  return { url };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

const quiet = await trade([]);

describe('ticks', () => {
  it('make messages, so that the tests below are about something', () => {
    expect(quiet.told).toBeGreaterThan(30);
  });

  it.each<[string, Behaviour | 'down']>([
    ['is down', 'down'],
    ['takes requests and says nothing', { kind: 'hang' }],
    ['begins to answer and says no more', { kind: 'stall', status: 500 }],
    ['answers without an end', { kind: 'endless', status: 500 }],
    ['breaks every connection', { kind: 'reset' }],
    ['redirects', { kind: 'answer', status: 307, headers: { location: 'http://127.0.0.1:1/' } }],
    ['asks to be left alone for an hour', { kind: 'answer', status: 429, headers: { 'retry-after': '3600' } }],
  ])('are what they are without a receiver, if the receiver %s', async (_, behaviour) => {
    const { url } = behaviour === 'down' ? await goneReceiver() : await http(...Array.from({ length: 500 }, () => behaviour));
    const { reports, fills, messenger, timers, told } = await trade([toHttp(url)]);
    // Nobody has let a deadline or a wait run out: whatever had waited for the receiver would wait still.
    expect(reports).toEqual(quiet.reports);
    expect(fills).toEqual(quiet.fills);
    expect(told).toBe(quiet.told);
    // At the end of the service the grace is all that it gets, and then it is left behind.
    const closed = messenger.close(1500);
    timers.runOut((ms) => ms === 1500);
    await closed;
    expect([messenger.pending, timers.pending]).toEqual([0, []]);
  });

  it('are what they are without a mail server, if that says nothing or does not end', async () => {
    const servers = [await SmtpReceiver.open({ greeting: null }), await SmtpReceiver.open({ endless: true })];
    open.push(...servers);
    const { reports, messenger, timers } = await trade(servers.map(({ port }) => toMail(port)));
    expect(reports).toEqual(quiet.reports);
    const closed = messenger.close(1500);
    timers.runOut((ms) => ms === 1500);
    await closed;
  });

  it('are told to a receiver that is well, although another one hangs, and to the other as soon as it is well again', async () => {
    const [well, hanging] = [await http(), await http({ kind: 'hang' })];
    const { messenger, timers, told, troubles } = await trade([toHttp(well.url), toHttp(hanging.url)]);
    await well.got(told);
    await hanging.got(1);
    expect(hanging.received).toHaveLength(1);
    timers.runOutOldest();
    await timers.until((ms) => ms !== ATTEMPT_MS);
    timers.runOut((ms) => ms !== ATTEMPT_MS);
    await messenger.idle();
    expect(well.received.map(({ body }) => body)).toEqual(hanging.received.slice(1).map(({ body }) => body));
    expect([well.received.length, troubles]).toEqual([told, []]);
  });

  it('S03 tell no secret, whatever the bot says', async () => {
    const canary = 'canaryOfTheTicks0123456789abcdef';
    knownSecrets.add(Secret.of(canary));
    const receiver = await http();
    const notices = new TickNotices({ botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h' }, 1);
    const messenger = new Messenger({ channels: [toHttp(receiver.url)], events: new NotificationEventsConfig(), startTimer: new HandTimers().start, random: () => 0, onTrouble: () => undefined });
    const [report] = quiet.reports;
    for (const notice of notices.of({ ...report, outcome: 'skipped', reason: 'EXCHANGE.UNAVAILABLE', message: `asked https://api.example.com/?signature=${'a'.repeat(64)} with ${canary}`, order: null })) messenger.tell(notice);
    await messenger.idle();
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0].body).toContain('EXCHANGE.UNAVAILABLE');
    expect(receiver.received[0].body).not.toMatch(/canary|aaaa/);
  });
});

describe('Messenger', () => {
  it('tells only what is wanted, and a test always', async () => {
    const receiver = await http();
    const events = Object.assign(new NotificationEventsConfig(), { trade: false, dailySummary: false });
    const messenger = new Messenger({ channels: [toHttp(receiver.url)], events, startTimer: new HandTimers().start, random: () => 0, onTrouble: () => undefined });
    for (const kind of ['start', 'trade', 'summary', 'halt', 'test'] as const) messenger.tell(aNotice({ kind }));
    await messenger.idle();
    expect(receiver.received.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual(['start', 'halt', 'test']);
  });
});

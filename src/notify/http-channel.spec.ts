import { HttpReceiver, type Behaviour } from '../../test/support/notify/http-receiver.js';
import { aNotice } from '../../test/support/notify/notices.js';
import { Secret } from '../domain/secret.js';
import type { Delivery } from './channel.js';
import { webhookBody } from './formats.js';
import { HttpChannel } from './http-channel.js';

const PATH = '/hook/canaryOfTheAddress0123456789';
const open: HttpReceiver[] = [];

async function receiver(...script: Behaviour[]): Promise<HttpReceiver> {
  const opened = await HttpReceiver.open(...script);
  open.push(opened);
  return opened;
}

const channelTo = (url: string): HttpChannel => new HttpChannel({ name: 'webhook', address: Secret.of(url), body: webhookBody, fetch });
const deliver = (url: string, signal = new AbortController().signal): Promise<Delivery> => channelTo(url).deliver(aNotice(), signal);
const answer = (status: number, headers: Record<string, string> = {}, body = ''): Behaviour => ({ kind: 'answer', status, headers, body });

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

describe('HttpChannel', () => {
  it('sends JSON by POST', async () => {
    const there = await receiver();
    expect(await deliver(there.url + PATH)).toEqual({ kind: 'delivered' });
    expect(there.received).toEqual([{ method: 'POST', path: PATH, headers: expect.objectContaining({ 'content-type': 'application/json' }), body: webhookBody(aNotice()) }]);
  });

  it.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [408, true],
    [410, false],
    [500, true],
    [502, true],
  ])('takes %i as a failure; tried again: %s', async (status, retry) => {
    const there = await receiver(answer(status));
    expect(await deliver(there.url)).toEqual({ kind: 'failed', why: `answered ${status}`, retry, retryAfterMs: 0 });
  });

  it.each([
    ['a header', { 'retry-after': '7' }, '', 7000],
    ["Discord's body", {}, '{"message":"You are being rate limited.","retry_after":1.5,"global":false}', 1500],
    ["Telegram's body", {}, '{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 9","parameters":{"retry_after":9}}', 9000],
    ['both, the longer counts', { 'retry-after': '3' }, '{"retry_after":4}', 4000],
    ['a date, which is not taken', { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' }, '', 0],
    ['nonsense', { 'retry-after': '-5' }, '{"retry_after":"soon","parameters":null}', 0],
  ])('heeds 429 with %s', async (_, headers, body, retryAfterMs) => {
    const there = await receiver(answer(429, headers, body));
    expect(await deliver(there.url)).toMatchObject({ kind: 'failed', retry: true, retryAfterMs });
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect: %i', async (status) => {
    const elsewhere = await receiver();
    const there = await receiver(answer(status, { location: `${elsewhere.url}/stolen` }));
    expect(await deliver(there.url)).toEqual({ kind: 'failed', why: `answered with a redirect (${status}), which is not followed`, retry: false, retryAfterMs: 0 });
    expect(elsewhere.received).toEqual([]);
  });

  it.each([200, 500])('reads no more than it needs of an answer %i without an end', async (status) => {
    const there = await receiver({ kind: 'endless', status });
    expect(await deliver(there.url)).toMatchObject(status === 200 ? { kind: 'delivered' } : { kind: 'failed', retry: true });
    // What it got rid of before the connection ended: what lies in the buffers of two sockets, not what a memory holds.
    expect(there.sent).toBeLessThan(32 * 2 ** 20);
  });

  it.each<[string, Behaviour]>([
    ['says nothing', { kind: 'hang' }],
    ['begins to answer and says no more', { kind: 'stall', status: 500 }],
  ])('ends when it is told to, if the receiver %s', async (_, behaviour) => {
    const there = await receiver(behaviour);
    const deadline = new AbortController();
    const delivery = deliver(there.url, deadline.signal);
    await there.got(1);
    deadline.abort();
    expect(await delivery).toEqual({ kind: 'failed', why: 'no answer in time', retry: true, retryAfterMs: 0 });
  });

  it('says why nothing was reached, without the address', async () => {
    const gone = await HttpReceiver.open();
    const { url } = gone;
    await gone.close();
    expect(await deliver(url + PATH)).toEqual({ kind: 'failed', why: 'not reached (ECONNREFUSED)', retry: true, retryAfterMs: 0 });
    const reset = await receiver({ kind: 'reset' });
    expect(await deliver(reset.url + PATH)).toEqual({ kind: 'failed', why: expect.stringMatching(/^not reached \([A-Z_]+\)$/), retry: true, retryAfterMs: 0 });
  });

  it("passes on a receiver's own words, on one line and not too many, and no page", async () => {
    const there = await receiver(answer(400, {}, JSON.stringify({ description: `chat\n not \u001b[31mfound ${'x'.repeat(500)}` })), answer(404, {}, '<html>secret</html>'), answer(400, {}, '[]'));
    const { why } = (await deliver(there.url)) as { why: string };
    expect(why).toMatch(/^answered 400: chat not \[31mfound x+$/);
    expect(why.length).toBeLessThan(200);
    expect(await deliver(there.url)).toMatchObject({ why: 'answered 404' });
    expect(await deliver(there.url)).toMatchObject({ why: 'answered 400' });
  });
});

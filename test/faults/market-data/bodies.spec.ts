import { ExchangeUnavailable } from '../../../src/domain/errors.js';
import { boundedFetch } from '../../../src/exchange/bounded-fetch.js';
import type { ReplacementKind } from '../../support/exchange/faults/effect.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';
import { MarketDataBench } from '../../support/market-data-bench.js';

const inFolder = useTemporaryFolder();
const TRIES = 5;
const QUESTIONS = [
  { about: 'candles', path: '^/api/v3/klines$' },
  { about: 'the time', path: '^/api/v3/time$' },
  { about: 'the markets', path: '^/api/v3/exchangeInfo$' },
];
const KINDS: readonly ReplacementKind[] = ['empty', 'null', '{}', 'html', 'binary', 'deep'];

/** What a download says that gets nowhere; the files must be as before. */
async function failure(bench: MarketDataBench): Promise<Error> {
  const before = bench.files;
  const error: unknown = await bench.download(-20).then(
    () => new Error('nothing failed'),
    (reason: unknown) => reason,
  );
  expect(bench.files).toEqual(before);
  return error as Error;
}

describe('answers that are none', () => {
  it.each(QUESTIONS.flatMap((question) => KINDS.map((kind) => ({ ...question, kind }))).filter(({ about, kind }) => !(about === 'candles' && kind === 'deep')))(
    'F44 $kind in answer to a question for $about is asked for again a few times, then given up, and nothing is kept',
    async ({ path, kind }) => {
      const bench = new MarketDataBench(inFolder());
      bench.spoil({ type: 'replace', kind }, { match: { path } });
      const error = await failure(bench);
      expect(error).toBeInstanceOf(ExchangeUnavailable);
      expect(error.message).not.toMatch(/https?:|api\/v3|127\.0\.0\.1/);
      expect(bench.requests.filter((request) => new RegExp(path).test(request.path))).toHaveLength(TRIES);
      expect(bench.pace.sleeps).toEqual([187.5, 375, 750, 1500]);
    },
  );

  it.each(QUESTIONS.flatMap((question) => (['empty', 'null', '{}', 'html', 'binary'] as const).map((kind) => ({ ...question, kind }))))(
    'F44 $kind once in answer to a question for $about does no harm',
    async ({ path, kind }) => {
      const bench = new MarketDataBench(inFolder());
      bench.spoil({ type: 'replace', kind }, { match: { path }, times: 1 });
      expect((await bench.download(-20)).added).toBe(20);
    },
  );

  it.each([1, 17, 500, 1500])('F44 an answer cut off after %p bytes is no answer', async (bytes) => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'truncate', bytes });
    expect(await failure(bench)).toBeInstanceOf(ExchangeUnavailable);
    bench.heal();
    bench.spoil({ type: 'truncate', bytes }, { times: 2 });
    expect((await bench.download(-20)).added).toBe(20);
  });

  it('F44 brackets within brackets are no candles, however deep', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'replace', kind: 'deep' });
    expect((await failure(bench)).message).toMatch(/something else than candles|is refused/);
  });

  it('F44 an answer without an end is not read to its end, in bounded time', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'replace', kind: 'huge' });
    const started = Date.now();
    const error = await failure(bench);
    expect([error.constructor.name, error.message]).toEqual(['ExchangeUnavailable', "The exchange's answer is longer than 8388608 bytes and was not read"]);
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it('F44 a list of markets may be longer than a page of candles, but not without an end', async () => {
    const bench = new MarketDataBench(inFolder());
    bench.spoil({ type: 'replace', kind: 'huge' }, { match: { path: 'exchangeInfo' } });
    expect((await failure(bench)).message).toBe("The exchange's answer is longer than 50331648 bytes and was not read");
  });
});

describe('boundedFetch', () => {
  it('stops a stream as soon as it is too long', async () => {
    let pulled = 0;
    let isCancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
    const ask = boundedFetch(async () => new Response(endless), () => 10_000);
    await expect(ask('http://x')).rejects.toThrow('longer than 10000 bytes');
    expect([isCancelled, pulled < 20]).toEqual([true, true]);
  });

  it('gives status, headers and body on, and asks not to be sent elsewhere', async () => {
    let redirect: string | undefined;
    const ask = boundedFetch(
      async (_url, init) => {
        redirect = init?.redirect;
        return new Response('böse', { status: 418, statusText: "I'm a teapot", headers: { 'Retry-After': '7' } });
      },
      () => 100,
    );
    const answer = await ask('http://x');
    expect([answer.status, answer.statusText, answer.headers.get('retry-after'), await answer.text(), redirect]).toEqual([418, "I'm a teapot", '7', 'böse', 'error']);
  });

  it('takes an answer without a body', async () => {
    const ask = boundedFetch(async () => new Response(null, { status: 204 }), () => 100);
    expect((await ask('http://x')).status).toBe(204);
  });
});

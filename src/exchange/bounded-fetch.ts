import { ExchangeUnavailable } from '../domain/errors.js';

/**
 * A fetch that is done when the whole body is there. The exchange library's time-out ends with the headers, so a body that stalls would
 * hang for minutes after it, and one without an end would fill the memory. Redirects are not followed, for no exchange sends any.
 *
 * @param mostBytes asked anew for every answer
 */
export function boundedFetch(ask: typeof fetch, mostBytes: () => number): typeof fetch {
  return async (input, init) => {
    const response = await ask(input, { ...init, redirect: 'error' });
    const { status, statusText, headers } = response;
    const body = await readBounded(response, mostBytes());
    return new Response(body.length === 0 ? null : body, { status, statusText, headers });
  };
}

/** The whole body. @throws ExchangeUnavailable when it is longer than `mostBytes`; the rest is not read then */
export async function readBounded(response: Response, mostBytes: number): Promise<Buffer<ArrayBuffer>> {
  const tooLong = (): never => {
    throw new ExchangeUnavailable(`The exchange's answer is longer than ${mostBytes} bytes and was not read`);
  };
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of chunksOf(response)) {
    bytes += part.byteLength;
    // Leaving the loop ends the connection, too.
    if (bytes > mostBytes) tooLong();
    parts.push(part);
  }
  return Buffer.concat(parts, bytes);
}

/** The body as it comes in; in one piece where an implementation of fetch has no streams. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body !== undefined && response.body !== null) yield* response.body as unknown as AsyncIterable<Uint8Array>;
  else yield Buffer.from(await response.text());
}

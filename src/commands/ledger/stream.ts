import { once } from 'node:events';

import { knownSecrets } from '../../domain/redact.js';

const CHUNK_CHARACTERS = 65_536;

/** Writes pieces as they come, and waits for whoever reads them: a slow reader costs time, not memory. */
export async function stream(pieces: AsyncIterable<string>, target: NodeJS.WritableStream): Promise<void> {
  let chunk = '';
  const flush = async (): Promise<void> => {
    const full = !target.write(chunk);
    chunk = '';
    if (full) await once(target, 'drain');
  };
  for await (const piece of pieces) {
    chunk += knownSecrets.redactKnown(piece);
    if (chunk.length >= CHUNK_CHARACTERS) await flush();
  }
  if (chunk !== '') await flush();
}

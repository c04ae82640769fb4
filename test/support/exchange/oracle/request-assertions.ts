import type { Journal, JournalOf } from '../base/journal.js';

type Request = JournalOf<'request'>;

/** No request was sent inside a wait that an earlier reply had asked for. */
export function backoffRespected(journal: Journal): string[] {
  const problems: string[] = [];
  let waitUntilMs = -Infinity;
  for (const request of journal.of('request')) {
    if (request.t < waitUntilMs) problems.push(`${name(request)} was sent ${waitUntilMs - request.t} ms too early`);
    if (request.retryAfter !== undefined) waitUntilMs = Math.max(waitUntilMs, request.t + request.retryAfter * 1000);
  }
  return problems;
}

/** No request was signed. */
export function noSignedInPaper(journal: Journal): string[] {
  return journal
    .of('request')
    .filter(({ signed }) => signed)
    .map((request) => `${name(request)} was signed`);
}

/** The used weight never passed the given percentage of the limit. */
export function weightBelow(journal: Journal, pct: number, limit: number): string[] {
  const most = (limit * pct) / 100;
  return journal
    .of('request')
    .filter(({ weight }) => weight > most)
    .map((request) => `${name(request)}: expected a used weight of at most ${most}; was ${request.weight}`);
}

export function name({ n, method, path }: Request): string {
  return `request ${n} (${method} ${path})`;
}

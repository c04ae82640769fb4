import type { FakeBinance } from '../../support/exchange/fake-binance.js';
import { fetchFor } from '../../support/exchange/in-process.js';
import type { Mortality } from './mortality.js';
import type { Storage } from './storage.js';

/** How long the client's own transport waits, virtual ms; below the tick's deadline. */
const TIMEOUT_MS = 15_000;

/** The line to the exchange: the process can die before and after every request, and no order leaves that is not in the ledger. */
export class Wire {
  /** I07: orders that left without a durable intent. */
  readonly problems: string[] = [];
  readonly fetch: typeof fetch;
  /** For market data: nobody dies over it here, since its client has timers of the machine that would outlive the dead. */
  readonly plainFetch: typeof fetch;

  constructor(exchange: FakeBinance, mortality: Mortality, storage: Storage) {
    const ask = fetchFor(exchange, { timeoutMs: TIMEOUT_MS, bodyTimeoutMs: TIMEOUT_MS, onStall: 'reject' });
    this.plainFetch = ask;
    this.fetch = async (input, init) => {
      const what = `${init?.method ?? 'GET'} ${pathOf(input)}`;
      const isOrder = what === 'POST /api/v3/order';
      if (isOrder) mortality.noteOrder();
      await mortality.pass(`before ${what}`);
      if (isOrder) this.checkIntent(storage, input, init);
      const reply = await ask(input, init);
      await mortality.pass(`after ${what}`);
      return reply;
    };
  }

  private checkIntent(storage: Storage, input: Parameters<typeof fetch>[0], init: RequestInit | undefined): void {
    const query = `${urlOf(input).split('?')[1] ?? ''}&${typeof init?.body === 'string' ? init.body : ''}`;
    const id = new URLSearchParams(query).get('newClientOrderId') ?? '';
    const state = storage.committedState(id);
    if (state !== 'SENDING') this.problems.push(`order ${id} left while the ledger had ${state === null ? 'no intent for it' : `it as ${state}`}`);
  }
}

function pathOf(input: Parameters<typeof fetch>[0]): string {
  return urlOf(input).replace(/^[a-z]+:\/\/[^/?]*/i, '').replace(/[?#].*$/, '');
}

function urlOf(input: Parameters<typeof fetch>[0]): string {
  return typeof input === 'string' ? input : 'url' in input ? input.url : input.href;
}

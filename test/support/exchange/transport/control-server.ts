import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ControlCommand } from '../control/command.js';
import { readBody } from './read-body.js';

/** Commands that are reached by another method or name than `POST /<command>`. */
const SPECIAL: Record<string, string> = {
  'GET /faults': 'faultHits',
  'DELETE /faults': 'clearFaults',
  'GET /journal': 'journal',
  'GET /ledger': 'ledger',
  'GET /state': 'state',
};

/** Serves control commands as JSON: `POST /<command>` with the command's fields as the body. */
export function controlListener(control: (command: ControlCommand) => unknown): RequestListener {
  return (request, response) => {
    void answer(request, response, control);
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  control: (command: ControlCommand) => unknown,
): Promise<void> {
  try {
    const command = await readCommand(request);
    // Ending closes this very connection, so the reply goes first.
    if (command.command === 'shutdown') response.once('finish', () => control(command));
    reply(response, 200, command.command === 'shutdown' ? {} : (control(command) ?? {}));
  } catch (error) {
    reply(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function readCommand(request: IncomingMessage): Promise<ControlCommand> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await readBody(request);
  const fields = body === '' ? {} : (JSON.parse(body) as object);
  const from = url.searchParams.get('from');
  const command = SPECIAL[`${request.method} ${url.pathname}`] ?? (request.method === 'POST' ? url.pathname.slice(1) : '');
  return { ...fields, ...(from === null ? {} : { from: Number(from) }), command } as ControlCommand;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

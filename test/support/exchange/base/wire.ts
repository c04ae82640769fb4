/** One HTTP request as it arrives. Header names are lower-case; `query` has no leading question mark. */
export interface RawRequest {
  method: string;
  path: string;
  query: string;
  body: string;
  headers: Record<string, string>;
  ip: string;
}

/** What the transport does to a reply on its way. Byte counts are of the body. */
export interface Wire {
  delayMs?: number;
  dripBytesPerSec?: number;
  /** The peer ends the connection in good order after so many bytes, though more were announced. */
  cutAtByte?: number;
  /** The connection is reset after so many bytes; 0 means before the status line. */
  resetAtByte?: number;
  stallAtByte?: number;
  /** How long the silence of `stallAtByte` lasts before the rest follows; for ever when absent. */
  stallMs?: number;
  /** `before`: the connection ends without a reply. `after`: it ends inside the body, at `cutAtByte`. */
  close?: 'before' | 'after';
  /** New connections are refused for so long, this one too. */
  refuseMs?: number;
  /** The request has not been answered yet: after `delayMs` the transport calls `resume` for the real reply. */
  deferred?: boolean;
}

export interface RawReply {
  status: number;
  headers: Record<string, string>;
  body: string;
  wire: Wire;
}

/** What a transport needs of the exchange. */
export interface RequestHandler {
  handle(request: RawRequest): RawReply;
  /** Answers a request whose reply was `deferred`. */
  resume(request: RawRequest): RawReply;
  advance(ms: number): void;
  /** Virtual ms per ms of the wall clock. */
  readonly timeScale: number;
  /** True when time moves only by `advance`. */
  readonly isVirtual: boolean;
}

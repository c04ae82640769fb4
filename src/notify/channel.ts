import type { Notice } from './notice.js';

export const CHANNEL_NAMES = ['webhook', 'telegram', 'discord', 'mail'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/** What became of one attempt. */
export type Delivery =
  | { readonly kind: 'delivered' }
  /** @see Failure */
  | Failure;

export interface Failure {
  readonly kind: 'failed';
  /** In words, without secrets. */
  readonly why: string;
  /** Whether the same message may be taken a little later. */
  readonly retry: boolean;
  /** How long the receiver wants to be left alone, ms; 0 when it says nothing. */
  readonly retryAfterMs: number;
}

/** One way to reach a person. */
export abstract class Channel {
  abstract readonly name: ChannelName;

  /**
   * One attempt. Never throws for what the receiver or the network does.
   *
   * @param signal ends it, its connection included
   */
  abstract deliver(notice: Notice, signal: AbortSignal): Promise<Delivery>;
}

export function failed(why: string, { retry, retryAfterMs = 0 }: { readonly retry: boolean; readonly retryAfterMs?: number }): Failure {
  return { kind: 'failed', why, retry, retryAfterMs };
}

import type { NotificationEventsConfig } from '../config/notifications-config.js';
import type { Channel } from './channel.js';
import { isWanted } from './events.js';
import type { Notice } from './notice.js';
import { Outbox, type OutboxParts, type StartTimer } from './outbox.js';

export interface MessengerParts extends Omit<OutboxParts, 'channel'> {
  readonly channels: readonly Channel[];
  readonly events: NotificationEventsConfig;
}

/** Tells every channel what happened. Nobody who tells it something waits, or learns that it went wrong. */
export class Messenger {
  private readonly outboxes: readonly Outbox[];
  private readonly events: NotificationEventsConfig;
  private readonly startTimer: StartTimer;

  constructor({ channels, events, ...parts }: MessengerParts) {
    // One for each: a receiver that hangs holds up nobody but itself.
    this.outboxes = channels.map((channel) => new Outbox({ channel, ...parts }));
    this.events = events;
    this.startTimer = parts.startTimer;
  }

  /** Messages that are on their way. */
  get pending(): number {
    return this.outboxes.reduce((all, { pending }) => all + pending, 0);
  }

  tell(notice: Notice): void {
    if (isWanted(notice.kind, this.events)) for (const outbox of this.outboxes) outbox.push(notice);
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await Promise.all(this.outboxes.map((outbox) => outbox.idle()));
  }

  /** What can be sent within `graceMs` is; the rest is given up. */
  async close(graceMs: number): Promise<void> {
    const timer = this.startTimer(graceMs, () => this.outboxes.forEach((outbox) => outbox.stop()));
    await Promise.all(this.outboxes.map((outbox) => outbox.drain()));
    timer.cancel();
  }
}

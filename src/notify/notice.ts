/** What it is about; each class is switched by the setting `notifications.events.…` of the same name. A test goes out always. */
export type NoticeKind = 'start' | 'stop' | 'trade' | 'halt' | 'mismatch' | 'errors' | 'summary' | 'test';

/** `alarm`: a person has to look. `good`: something that was bad is over. */
export type NoticeWeight = 'info' | 'good' | 'warning' | 'alarm';

/** Which bot it is that tells. */
export interface Teller {
  readonly botId: string;
  readonly mode: string;
  /** e.g. `BTC/USDT 1h` */
  readonly market: string;
}

/** Something that happened and that a person wants to know, before it is put into the words of a channel. */
export interface Notice extends Teller {
  readonly kind: NoticeKind;
  readonly weight: NoticeWeight;
  /** UTC ms at which it happened. */
  readonly at: number;
  /** One line. */
  readonly title: string;
  /** What there is to say beside it, in order. */
  readonly facts: readonly NoticeFact[];
}

export interface NoticeFact {
  readonly label: string;
  readonly value: string;
}

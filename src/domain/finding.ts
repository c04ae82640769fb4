/** What a finding stops. `no_entries` leaves exits open; `no_orders` stops this tick; `halt` stops until a person has acted. */
export type Stops = 'nothing' | 'no_entries' | 'no_orders' | 'halt';

/** Something that was seen and has to be acted upon, in words for people and a code for programs. */
export interface Finding {
  /** Stable, e.g. `RECONCILE.MISMATCH`, `CLOCK.OFFSET`, `ORDER.UNKNOWN`. */
  readonly code: string;
  readonly message: string;
  readonly stops: Stops;
}

/** Time, as whoever must wait sees it. Tests and simulations bring their own; only roots, `schedule/` and commands make a real one. */
export interface Clock {
  /** UTC ms; may jump when somebody sets the machine's clock. */
  now(): number;
  /** ms since some moment; never jumps, never runs back. Deadlines are measured with it. */
  monotonic(): number;
  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void>;
}

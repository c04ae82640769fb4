/** A rule that was broken, and by what. */
export interface Violation {
  readonly invariant: string;
  /** One line each. */
  readonly problems: readonly string[];
}

import type { ProfileName } from '../support/exchange/faults/profile.js';
import type { LayerName } from '../simulation/layers.js';

/** A change of source text. The old text must be there exactly once, or the canary has to be written anew. */
export interface Patch {
  /** Path from the project's root. */
  readonly file: string;
  readonly old: string;
  readonly now: string;
}

/** What has to notice the bug. */
export type Catcher =
  | { readonly kind: 'simulation'; readonly layer: LayerName; readonly profile: ProfileName; readonly ticks: number }
  /** A spec file; only tests whose name holds `name` count. */
  | { readonly kind: 'spec'; readonly file: string; readonly name?: string };

/** A bug that is known to lose money, and that the tests must notice. */
export interface Canary {
  /** In words. */
  readonly bug: string;
  readonly patches: readonly Patch[];
  readonly caughtBy: Catcher;
}

/** The catcher of most: storms over the order layer. */
export const STORM: Catcher = { kind: 'simulation', layer: 'orders', profile: 'storm', ticks: 200 };

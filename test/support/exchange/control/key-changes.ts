import type { Permission } from '../config/config.js';
import type { Venue } from '../venue.js';

/** What can be changed about an API key; without `key` the first one is meant. Undone after `forMs`. */
export interface KeyChange {
  key?: string;
  active?: boolean;
  perms?: string[];
  ips?: string[] | null;
  restrictions?: Record<string, boolean | number>;
  forMs?: number;
}

export function changeKey(venue: Venue, change: KeyChange): void {
  const { keys } = venue.settings;
  const key = change.key === undefined ? keys[0] : keys.find((known) => known.key === change.key);
  if (key === undefined) throw new Error(`key: expected a configured one; was ${change.key}`);
  const before = { ...key };
  if (change.active !== undefined) key.active = change.active;
  if (change.perms !== undefined) key.perms = change.perms as Permission[];
  if (change.ips !== undefined) key.ips = change.ips;
  if (change.restrictions !== undefined) key.restrictions = { ...key.restrictions, ...change.restrictions };
  note();
  venue.undoAfter(change.forMs, () => {
    Object.assign(key, before);
    note();
  });

  function note(): void {
    const value = key?.active === true ? 'active' : 'inactive';
    venue.journal.add('env', { what: 'key', value });
  }
}

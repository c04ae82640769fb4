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

const FIELDS: readonly string[] = ['active', 'perms', 'ips'];

export function changeKey(venue: Venue, change: KeyChange): void {
  const { keys } = venue.settings;
  const key = change.key === undefined ? keys[0] : keys.find((known) => known.key === change.key);
  if (key === undefined) throw new Error(`key: expected a configured one; was ${change.key}`);
  const before = { ...key };
  const { key: _key, forMs, restrictions, ...fields } = change;
  const given = Object.fromEntries(Object.entries(fields).filter(([name, value]) => FIELDS.includes(name) && value !== undefined));
  const value = restrictions === undefined ? given : { ...given, restrictions: { ...key.restrictions, ...restrictions } };
  venue.temporaries.set(`key:${key.key}`, value, forMs, (values) => {
    Object.assign(key, before, ...values);
    venue.journal.add('env', { what: 'key', value: key.active ? 'active' : 'inactive' });
  });
}

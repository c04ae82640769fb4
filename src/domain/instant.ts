const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Milliseconds UTC of an ISO date or time: `2024-01-01`, `2024-01-01T12:30`, `2024-01-01T12:30:00Z`, `…+02:00`.
 * Without an offset the text is UTC, whatever the machine's own time zone is.
 *
 * @returns null when the text has another form or names a day or time that does not exist
 */
export function parseInstant(text: string): number | null {
  const match = FORM.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone = 'Z'] = match;
  const ms = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second, +fraction.padEnd(3, '0'));
  const back = new Date(ms);
  // Date.UTC turns 30 February into 1 March; what does not come back as it was written does not exist.
  const exists =
    back.getUTCFullYear() === +year &&
    back.getUTCMonth() === +month - 1 &&
    back.getUTCDate() === +day &&
    back.getUTCHours() === +hour &&
    back.getUTCMinutes() === +minute &&
    back.getUTCSeconds() === +second;
  if (!exists) return null;
  if (zone === 'Z') return ms;
  const [zoneHours, zoneMinutes] = [+zone.slice(1, 3), +zone.slice(-2)];
  if (zoneHours > 14 || zoneMinutes > 59) return null;
  return ms - (zone.startsWith('-') ? -1 : 1) * (zoneHours * 60 + zoneMinutes) * 60_000;
}

/** `2024-01-01T00:00:00.000Z` */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** `2024-01-01`, or `2024-01-01 12:30` where the time is not midnight. For people; always UTC. */
export function shortTime(ms: number): string {
  const iso = isoTime(ms);
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
}

/**
 * Lays `given` over `base`, in place. Objects merge key by key; lists, and the objects named in `replaced`, replace.
 *
 * @throws Error naming a key that `base` does not have
 */
export function mergeInto<T extends object>(base: T, given: object, replaced: readonly string[], path = ''): T {
  const target = base as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!(name in target)) throw new Error(`${path}${name}: unknown setting; expected one of ${Object.keys(base).join(', ')}`);
    const current = target[name];
    if (isPlainObject(current) && isPlainObject(value) && !replaced.includes(name)) {
      mergeInto(current, value, replaced, `${path}${name}.`);
    } else {
      target[name] = structuredClone(value);
    }
  }
  return base;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

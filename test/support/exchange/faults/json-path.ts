/**
 * Sets one field of parsed JSON, in place. Paths look like `$.fills[0].price`, `status` or `[2][4]`.
 *
 * @throws Error when the path does not lead anywhere
 */
export function setAtPath(root: unknown, path: string, value: unknown): unknown {
  const keys = [...path.matchAll(/[^.[\]$]+/g)].map(([key]) => key);
  const last = keys.pop();
  if (last === undefined) return value;
  let holder = root;
  for (const key of keys) holder = child(holder, key, path);
  if (typeof holder !== 'object' || holder === null) throw new Error(`jsonPath: ${path} leads to no field of the reply`);
  (holder as Record<string, unknown>)[last] = value;
  return root;
}

function child(holder: unknown, key: string, path: string): unknown {
  if (typeof holder !== 'object' || holder === null || !(key in holder)) {
    throw new Error(`jsonPath: ${path} leads to no field of the reply`);
  }
  return (holder as Record<string, unknown>)[key];
}

import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

const FOLDER = 'deploy/kubernetes';

/** A document of the base. Keys that stand twice, tabs and the like are errors. */
export function manifest(file: string): JsonObject {
  return parse(readFileSync(`${FOLDER}/${file}`, 'utf8'), { strict: true, uniqueKeys: true }) as JsonObject;
}

export function yamlFile(path: string): JsonObject {
  return parse(readFileSync(path, 'utf8'), { strict: true, uniqueKeys: true }) as JsonObject;
}

/** What stands at a path such as `spec.template.spec`, as whoever asks knows it to be. @throws Error when nothing does */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- a document has the shape that its reader expects
export function at<T = JsonObject>(document: Json, path: string): T {
  let found: Json = document;
  for (const key of path.split('.')) {
    found = (found as JsonObject | null)?.[key] ?? null;
    if (found === null) throw new Error(`There is nothing at ${path} (${key})`);
  }
  return found as T;
}

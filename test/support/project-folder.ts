import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A folder that lies outside the project and may not be there. */
export interface OutsideFolder {
  readonly path: string;
  readonly exists: boolean;
  /** For the title of what is skipped. */
  readonly reason: string;
}

/** @param fallback relative to the project's root, used where the environment variable is not set */
export function outsideFolder(variable: string, fallback: string): OutsideFolder {
  const path = resolve(PROJECT, process.env[variable] ?? fallback);
  return { path, exists: existsSync(path), reason: `skipped: no folder ${process.env[variable] ?? fallback}; set ${variable}` };
}

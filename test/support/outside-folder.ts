import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A folder that lies outside the project and may not be there. */
export interface OutsideFolder {
  readonly path: string;
  readonly exists: boolean;
  /** What is not there and how to name another one. */
  readonly reason: string;
}

/** @param fallback relative to the project's root, used where the environment variable is not set */
export function outsideFolder(variable: string, fallback: string): OutsideFolder {
  const shown = process.env[variable] ?? fallback;
  const path = resolve(PROJECT, shown);
  return { path, exists: existsSync(path), reason: `there is no folder ${shown}; set ${variable} to have one` };
}

/** A suite that needs the folder. Where it is not there the suite is skipped, with the reason in its title and on the screen. */
export function describeWhereThere({ exists, reason }: OutsideFolder, name: string, define: () => void): void {
  if (exists) {
    describe(name, define);
    return;
  }
  // A file whose every test is skipped is not printed by the runner, so the reason would go unread.
  process.stderr.write(`Skipped: ${name}: ${reason}\n`);
  describe.skip(`${name} (skipped: ${reason})`, () => it('has nothing to run on', () => {}));
}

import { describeFailure } from './domain/failure.js';

/** Says on stderr why the process ends. @returns its exit code */
export function sayFailure(error: unknown): number {
  const { text, exitCode } = describeFailure(error);
  process.stderr.write(`${text}\n`);
  return exitCode;
}

/**
 * From now on what nobody catches, rejected promises included, ends the process as every other failure does. Left alone the engine prints an error with
 * everything that hangs on it, and with an exchange client that is its key.
 *
 * @param end how it ends, in the place of what was said before
 */
export function endOnUncaught(end: (error: unknown) => void = (error) => process.exit(sayFailure(error))): void {
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', end);
}

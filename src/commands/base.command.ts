import { isatty } from 'node:tty';

import { CommandRunner } from 'nest-commander';

import { redact } from '../domain/redact.js';

/** The parser that nest-commander brings along; not a dependency of our own. */
type Command = Parameters<CommandRunner['setCommand']>[0];

/** What the parser throws, for help and for bad usage alike. */
export interface ParserExit extends Error {
  readonly exitCode: number;
  readonly code: string;
}

/** Bad usage ends with 2, as every other thing a user can put right; the parser's own habit is 1. */
export const USAGE_EXIT_CODE = 2;

export function exitForUsage(error: ParserExit): never {
  process.exit(error.exitCode === 0 || error.code === 'commander.helpDisplayed' ? 0 : USAGE_EXIT_CODE);
}

/** The parser's words about bad usage begin as every other message does. */
export const USAGE_OUTPUT = { outputError: (text: string, write: (text: string) => void): void => write(redact(text.replace(/^error: /, 'USAGE: '))) };

/** What all commands share: exit codes, and where their words go. Reports go to stdout, everything else to stderr. */
export abstract class BaseCommand extends CommandRunner {
  override setCommand(command: Command): this {
    super.setCommand(command);
    command.exitOverride(exitForUsage);
    // A word that nobody reads is a flag that somebody forgot: `backtest fast_window=20` without --params.
    command.allowExcessArguments(false);
    command.configureOutput(USAGE_OUTPUT);
    command.showHelpAfterError(`(see: ${command.name()} --help)`);
    return this;
  }

  protected print(text: string): void {
    const shown = redact(text);
    process.stdout.write(shown.endsWith('\n') ? shown : `${shown}\n`);
  }

  protected say(text: string): void {
    process.stderr.write(`${redact(text)}\n`);
  }

  /** Colours belong on a terminal, and only where they are wanted. */
  protected get color(): boolean {
    const { NO_COLOR, FORCE_COLOR } = process.env;
    if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
    if (FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0') return true;
    return isatty(1);
  }
}

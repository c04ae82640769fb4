import { TradingBotError } from './errors.js';

/** What a process says and ends with when nobody could act on an error: one message for what we know, a stack for what we do not. */
export function describeFailure(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof TradingBotError) return { text: `${error.code}: ${error.message}`, exitCode: error.exitCode };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 1 };
}

import { TradingBotError } from './errors.js';
import { redact, stackOf } from './redact.js';

/**
 * What a process says and ends with when nobody could act on an error: one message for what we know, a stack for what we do not. No
 * secret is in it.
 */
export function describeFailure(error: unknown): { readonly text: string; readonly exitCode: number } {
  if (error instanceof TradingBotError) return { text: redact(`${error.code}: ${error.message}`), exitCode: error.exitCode };
  return { text: redact(error instanceof Error ? stackOf(error) : String(error)), exitCode: 1 };
}

import { ConsoleLogger, type LogLevel } from '@nestjs/common';

import { knownSecrets, redact } from '../domain/redact.js';

/** Who talks while the framework puts the parts together, and prints a stack where our own message says it in one line. */
const FRAMEWORK = new Set(['NestFactory', 'InstanceLoader', 'ExceptionHandler', 'NestApplicationContext']);

/** JSON lines in a container, readable lines on a terminal; only what the application itself has to say. */
export class ServiceLogger extends ConsoleLogger {
  constructor(terminal: boolean) {
    super({ json: !terminal, logLevels: ['log', 'warn', 'error', 'fatal'] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!isFramework(rest)) super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (!isFramework(rest)) super.error(message, ...rest);
  }

  /** Every level ends here: no secret is printed, whoever logs it and in whatever object. */
  protected override printMessages(messages: unknown[], context?: string, level?: LogLevel, stream?: 'stdout' | 'stderr', stack?: unknown, params?: Record<string, unknown>): void {
    const safe = messages.map((message) => knownSecrets.redactValue(typeof message === 'function' ? this.resolveMessage(message) : message));
    super.printMessages(safe, context, level, stream, knownSecrets.redactValue(stack), knownSecrets.redactValue(params) as Record<string, unknown> | undefined);
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(typeof stack === 'string' ? redact(stack) : stack);
  }
}

/** The context is the last thing a logger is told. */
function isFramework(rest: readonly unknown[]): boolean {
  const context = rest.at(-1);
  return typeof context === 'string' && FRAMEWORK.has(context);
}

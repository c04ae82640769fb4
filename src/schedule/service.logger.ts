import { ConsoleLogger } from '@nestjs/common';

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
}

/** The context is the last thing a logger is told. */
function isFramework(rest: readonly unknown[]): boolean {
  const context = rest.at(-1);
  return typeof context === 'string' && FRAMEWORK.has(context);
}

import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';

import { exitForUsage, USAGE_OUTPUT, type ParserExit } from './commands/base.command.js';
import { CommandsModule } from './commands/commands.module.js';
import { describeFailure } from './domain/failure.js';

function fail(error: unknown): void {
  const { text, exitCode } = describeFailure(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}

async function main(): Promise<void> {
  // Whoever reads our output may stop reading (`| head`); that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  // Silent while booting: the framework would print a bad setting with its stack. fail() says it in one line.
  const app = await CommandFactory.createWithoutRunning(CommandsModule, {
    cliName: 'trading-bot',
    logger: false,
    abortOnError: false,
    errorHandler: (error) => exitForUsage(error as ParserExit),
    serviceErrorHandler: fail,
    outputConfiguration: USAGE_OUTPUT,
  });
  await CommandFactory.runApplication(app);
  await app.close();
}

main().catch(fail);

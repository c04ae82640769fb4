import 'reflect-metadata';
import { CommandFactory } from 'nest-commander';

import { exitForUsage, USAGE_OUTPUT, type ParserExit } from './commands/base.command.js';
import { groupFor } from './commands/command-groups.js';
import { CommandsModule } from './commands/commands.module.js';
import type { ServiceStarter } from './commands/trading/service-starter.js';
import { assertNoSecretIn } from './config/secret-shape.js';
import { endOnUncaught, sayFailure } from './last-words.js';

/** The service is loaded when `run` starts it, and not before. */
const STARTER: ServiceStarter = {
  start: async ({ flags, configFile, intervalSeconds }) => {
    const [{ startService }, { ServiceOptions }] = await Promise.all([import('./app.service.js'), import('./schedule/service-options.js')]);
    await startService(new ServiceOptions(flags, configFile, intervalSeconds, process.stdout.isTTY));
  },
};

function fail(error: unknown): void {
  process.exitCode = sayFailure(error);
}

async function main(): Promise<void> {
  endOnUncaught();
  assertNoSecretIn(process.argv.slice(2));
  // Whoever reads our output may stop reading (`| head`); that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  // Silent while booting: the framework would print a bad setting with its stack. fail() says it in one line.
  const app = await CommandFactory.createWithoutRunning(CommandsModule.with(await groupFor(process.argv.slice(2)), STARTER), {
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

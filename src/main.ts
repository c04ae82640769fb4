import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';
import { describeFailure } from './domain/failure.js';
import { ServiceLogger } from './schedule/service.logger.js';

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { abortOnError: false, logger: new ServiceLogger(process.stdout.isTTY) });
  app.enableShutdownHooks([], { useProcessExit: true });
}

main().catch((error: unknown) => {
  const { text, exitCode } = describeFailure(error);
  process.stderr.write(`${text}\n`);
  process.exit(exitCode);
});

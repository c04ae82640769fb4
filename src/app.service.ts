import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';
import { endOnUncaught } from './last-words.js';
import { BotScheduler } from './schedule/bot-scheduler.service.js';
import type { ServiceOptions } from './schedule/service-options.js';
import { ServiceLogger } from './schedule/service.logger.js';

/**
 * Starts the service, which then runs until it is told to stop.
 *
 * @throws what refuses a start; nothing was sent
 */
export async function startService(options: ServiceOptions): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.with(options), { abortOnError: false, logger: new ServiceLogger(options.terminal) });
  const scheduler = app.get(BotScheduler);
  endOnUncaught((error) => void scheduler.fail(error));
  app.enableShutdownHooks([], { useProcessExit: true });
}

import 'reflect-metadata';

import { assertNoSecretIn } from './config/secret-shape.js';
import { endOnUncaught, sayFailure } from './last-words.js';
import { ServiceOptions } from './schedule/service-options.js';
import { startService } from './app.service.js';

async function main(): Promise<void> {
  endOnUncaught();
  assertNoSecretIn(process.argv.slice(2));
  await startService(new ServiceOptions([], undefined, null, process.stdout.isTTY));
}

main().catch((error: unknown) => process.exit(sayFailure(error)));

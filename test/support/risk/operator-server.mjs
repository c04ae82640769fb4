// Runs verbs of the built program one after the other, as if each had been typed, and answers with what it printed. One JSON a line.
import 'reflect-metadata';

import { createInterface } from 'node:readline';

import { ConfigService } from '@nestjs/config';

import { ConfigLoader } from '../../../dist/config/config-loader.service.js';
import { OPERATOR_COMMANDS } from '../../../dist/commands/trading/operator-commands.js';

const verbs = Object.fromEntries(OPERATOR_COMMANDS.map((verb) => [verb.name, verb]));
const configs = new ConfigLoader(new ConfigService());
const write = process.stdout.write.bind(process.stdout);

for await (const line of createInterface({ input: process.stdin })) {
  const { verb, options } = JSON.parse(line);
  let printed = '';
  process.stdout.write = (text) => {
    printed += text;
    return true;
  };
  process.stderr.write = () => true;
  let error = null;
  try {
    await new verbs[verb](configs).run([], options);
  } catch (thrown) {
    error = { code: thrown.code, exitCode: thrown.exitCode, message: thrown.message };
  }
  process.stdout.write = write;
  write(`${JSON.stringify({ printed, error })}\n`);
}

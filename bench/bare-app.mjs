// The least that a command of this kind can be: Nest, nest-commander, one command that does nothing. What start-up is measured against.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { Command, CommandFactory, CommandRunner } from 'nest-commander';

class BareCommand extends CommandRunner {
  async run() {}
}
Command({ name: 'backtest', description: 'Nothing.' })(BareCommand);
class BareModule {}
Module({ providers: [BareCommand] })(BareModule);

const app = await CommandFactory.createWithoutRunning(BareModule, { logger: false });
await CommandFactory.runApplication(app);
await app.close();

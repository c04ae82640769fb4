import { Module } from '@nestjs/common';

import { BacktestModule } from '../backtest/backtest.module.js';
import { ConfigModule } from '../config/config.module.js';
import { DataModule } from '../data/data.module.js';
import { StrategyModule } from '../strategy/strategy.module.js';
import { BacktestCommand } from './backtest.command.js';
import { ConfigCommand, ConfigSchemaCommand, ConfigShowCommand } from './config.command.js';
import { DATA_COMMANDS, DataCommand } from './data/data.command.js';
import { LEDGER_COMMANDS } from './ledger/ledger-commands.js';
import { StrategiesCommand } from './strategies.command.js';

/** The command line's root: the service's rooms without the schedule, which a command must never start. */
@Module({
  imports: [ConfigModule, StrategyModule, DataModule, BacktestModule],
  providers: [BacktestCommand, StrategiesCommand, ConfigCommand, ConfigShowCommand, ConfigSchemaCommand, DataCommand, ...DATA_COMMANDS, ...LEDGER_COMMANDS],
})
export class CommandsModule {}

import { ClosePositionCommand } from './close-position.command.js';
import { HealthcheckCommand } from './healthcheck.command.js';
import { RunCommand } from './run.command.js';
import { StatusCommand } from './status.command.js';
import { TickCommand } from './tick.command.js';
import { WhyCommand } from './why.command.js';

/** What runs the bot and tells of it. None of them loads database or exchange library before it runs. */
export const TRADING_COMMANDS = [RunCommand, TickCommand, StatusCommand, WhyCommand, ClosePositionCommand, HealthcheckCommand];

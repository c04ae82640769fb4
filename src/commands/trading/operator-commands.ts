import { HaltCommand } from './halt.command.js';
import { ResumeCommand } from './resume.command.js';
import { RISK_COMMANDS } from './risk.command.js';

/** How an operator stops the bot, lets it go on, and sees where it stands. None of them loads the database before it runs. */
export const OPERATOR_COMMANDS = [HaltCommand, ResumeCommand, ...RISK_COMMANDS];

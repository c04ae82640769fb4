import { DB_COMMANDS, DbCommand } from './db.command.js';
import { FillsCommand } from './fills.command.js';
import { DecisionsCommand, LedgerExportCommand } from './ledger.command.js';
import { OrdersCommand } from './orders.command.js';
import { PnlCommand } from './pnl.command.js';
import { SignalsCommand } from './signals.command.js';
import { TradesCommand } from './trades.command.js';

/** Everything that answers from the ledger. None of them loads the database before it runs. */
export const LEDGER_COMMANDS = [TradesCommand, SignalsCommand, OrdersCommand, FillsCommand, PnlCommand, LedgerExportCommand, DecisionsCommand, DbCommand, ...DB_COMMANDS];

import { OrdersResolveCommand } from './orders-resolve.command.js';
import { ReconcileCommand } from './reconcile.command.js';

/** What takes the ledger for itself and talks to the account, while no bot runs. */
export const DESK_COMMANDS = [ReconcileCommand, OrdersResolveCommand];

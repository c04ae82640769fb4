import { RUNAWAY_TIMES } from '../limits.js';
import { counted, read, type Gate } from './gate-view.js';

const limited = (limit: number | null): string | null => (limit === null ? null : `fewer than ${limit}`);

/** All orders count, exits too. */
export const ordersPerHour: Gate = (_proposal, { ledger, limits }) =>
  read('RISK.ORDERS_PER_HOUR', 'Orders in an hour', counted(ledger.ordersLastHour, 'order'), limited(limits.ordersPerHour), ledger.ordersLastHour < (limits.ordersPerHour ?? Infinity));

export const ordersPerDay: Gate = (_proposal, { ledger, limits }) =>
  read('RISK.ORDERS_PER_DAY', 'Orders in 24 hours', counted(ledger.ordersLastDay, 'order'), limited(limits.ordersPerDay), ledger.ordersLastDay < (limits.ordersPerDay ?? Infinity));

/** The one number that holds for exits: protecting a position never takes so many. */
export const runaway: Gate = (_proposal, { ledger, limits }) => {
  const limit = limits.ordersPerHour === null ? null : limits.ordersPerHour * RUNAWAY_TIMES;
  return read('RISK.RUNAWAY', 'Orders in an hour', counted(ledger.ordersLastHour, 'order'), limited(limit), ledger.ordersLastHour < (limit ?? Infinity));
};

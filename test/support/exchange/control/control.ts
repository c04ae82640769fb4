import type { Core } from '../core.js';
import { units } from '../base/decimal.js';
import { isInterval } from '../base/interval.js';
import { applyEffect } from '../faults/apply-effect.js';
import { candlesFromRows } from '../market/candle-file.js';
import { orderBody } from '../endpoints/order-bodies.js';
import { judge } from '../oracle/assertions.js';
import { ledgerOf } from '../oracle/ledger.js';
import type { ControlCommand } from './command.js';
import { installProfile } from './install-profile.js';
import { changeKey } from './key-changes.js';
import { planScript } from './scripts.js';
import { stateOf } from './state.js';
import { changeSymbol } from './symbol-changes.js';

/** Commands on a running exchange; beginning anew and ending are not among them. */
export type RunningCommand = Exclude<ControlCommand, { command: 'reset' | 'shutdown' }>;

/** Carries out a command and returns what it has to tell. */
export function carryOut({ venue, engine, faults }: Core, command: RunningCommand): unknown {
  switch (command.command) {
    case 'clock':
      return setClock(venue, engine, command);
    case 'price':
      return venue.setPrice(command.symbol, units(command.price));
    case 'candles': {
      const { symbol, interval, rows } = command;
      if (!isInterval(interval)) throw new Error(`interval: expected one of the exchange's; was ${interval}`);
      return venue.market(symbol).loadCandles(interval, candlesFromRows(rows), venue.now);
    }
    case 'script':
      for (const entry of command.entries) planScript(venue, entry);
      return undefined;
    case 'faults':
      return faults.add(command.rules);
    case 'clearFaults':
      return faults.clear();
    case 'faultHits':
      return faults.hits();
    case 'profile':
      return installProfile(venue, engine, faults, command);
    case 'symbol':
      return changeSymbol(venue, venue.market(command.symbol), command);
    case 'effect':
      return applyEffect(venue, engine, command);
    case 'operator':
      venue.journal.add('env', { what: 'operator', value: 'acted' });
      return undefined;
    case 'balance':
      return applyEffect(venue, engine, { type: 'balance', ...command });
    case 'order': {
      const { command: _command, ...fields } = command;
      const params = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
      return orderBody(engine.placeForeign(params));
    }
    case 'key':
      return changeKey(venue, command);
    case 'journal':
      return venue.journal.entries.slice(Math.max(0, (command.from ?? 1) - 1));
    case 'ledger':
      return ledgerOf(venue.journal, venue.markets);
    case 'state':
      return { ...stateOf(venue), openOrders: engine.orders.openOrders().map(orderBody) };
    case 'assert':
      return judge(venue, engine, command);
    default:
      throw new Error(`command: expected one of the control plane's; was ${JSON.stringify(command satisfies never)}`);
  }
}

function setClock(
  venue: Core['venue'],
  engine: Core['engine'],
  { set, advance, mode, skewMs }: Extract<RunningCommand, { command: 'clock' }>,
): unknown {
  venue.catchUp();
  if (set !== undefined && set < venue.now) throw new Error(`clock.set: expected ${venue.now} or later; was ${set}`);
  if (set !== undefined) venue.advanceTo(set);
  if (advance !== undefined) venue.advanceTo(venue.now + advance);
  if (skewMs !== undefined) applyEffect(venue, engine, { type: 'skew', ms: skewMs });
  if (mode !== undefined) venue.clock.setMode(mode);
  else venue.clock.anchor();
  return { now: venue.now, serverTime: venue.clock.serverTime };
}

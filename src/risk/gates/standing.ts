import { compare, isDecimal, ZERO, type DecimalText } from '../../domain/decimal.js';
import type { Finding, Stops } from '../../domain/finding.js';
import { isoTime } from '../../domain/instant.js';
import type { GateReading, Proposal } from '../risk-types.js';
import { read, type Gate, type GateView } from './gate-view.js';

/** An order that could be one: positive decimals, entries that buy, exits that sell. */
export const validity: Gate = ({ side, purpose, quantity, referencePrice }) => {
  const sound = isAmount(quantity) && isAmount(referencePrice) && (purpose === 'entry') === (side === 'buy');
  return read('RISK.INVALID', 'The order itself', `${purpose}: ${side} ${quantity} at ${referencePrice}`, 'an entry that buys or an exit that sells, of positive amounts', sound);
};

export const killSwitch: Gate = (_proposal, { killSwitch: { thrown, by } }) => read('RISK.KILL_SWITCH', 'Kill switch', thrown ? `thrown by ${by}` : 'not thrown', 'not thrown', !thrown);

export const level: Gate = ({ purpose }, { memory }) => {
  const { level: stands, code, reason, since } = memory;
  const allowed = purpose === 'entry' ? 'ACTIVE' : 'ACTIVE or REDUCING';
  const why = stands === 'ACTIVE' ? '' : ` since ${since === null ? 'an unknown time' : isoTime(since)} (${code ?? 'no code'}: ${reason})`;
  return read(stands === 'REDUCING' ? 'RISK.REDUCING' : 'RISK.HALTED', 'State', `${stands}${why}`, allowed, stands === 'ACTIVE' || (stands === 'REDUCING' && purpose === 'exit'));
};

const STOPS_EXITS: readonly Stops[] = ['no_orders', 'halt'];

/** One reading per finding that stops anything; they keep their own codes. */
export function findingReadings({ purpose }: Proposal, { findings }: GateView): readonly GateReading[] {
  return findings
    .filter(({ stops }) => stops !== 'nothing')
    .map((finding: Finding) => ({ code: finding.code, label: 'Finding', value: finding.message, limit: 'none', passed: purpose === 'exit' && !STOPS_EXITS.includes(finding.stops) }));
}

export function isAmount(text: DecimalText | null): text is DecimalText {
  return typeof text === 'string' && isDecimal(text) && compare(text, ZERO) > 0;
}

import { isZero } from '../domain/decimal.js';
import type { Finding } from '../domain/finding.js';
import type { OperatorFiles } from '../files/operator-files.js';
import type { MarketKey } from '../persistence/booking/derived-rows.js';
import type { LedgerFacts, RiskQueries } from '../persistence/repositories/risk-facts.js';
import { LOSS_GATES, readGates } from './gates/all-gates.js';
import type { GateView } from './gates/gate-view.js';
import { isAmount } from './gates/standing.js';
import type { KillSwitch } from './kill-switch.js';
import type { RiskLimits } from './limits.js';
import { advanceMarks, resultOf, sameMarks, type HeldCoins, type Marks } from './marks.js';
import { RISK_CODES } from './risk-codes.js';
import type { RiskMemory } from './risk-memory.js';
import type { RiskStates } from './risk-states.js';
import type { GateReading, Proposal, RiskFacts, Verdict } from './risk-types.js';

export interface RiskGateParts {
  readonly key: MarketKey;
  readonly limits: RiskLimits;
  readonly ledger: RiskQueries;
  readonly states: RiskStates;
  readonly killSwitch: KillSwitch;
  /** Where an operator leaves requests; null where nobody can, as in a replay. */
  readonly requests: Pick<OperatorFiles, 'resumeRequest' | 'dropRequest'> | null;
}

/** Proposal that no gate asks about, for the ones that look at results only. */
const NO_ORDER: Proposal = { side: 'buy', purpose: 'entry', quantity: '0', referencePrice: '0' };

/** Stands between a decision and an order. Everything it counts is in the ledger; what crosses a limit of loss is HALTED before the answer. */
export class RiskGate {
  constructor(private readonly parts: RiskGateParts) {}

  /**
   * Looks at the kill switch, and at what an operator asked for. Needs nothing of the exchange: to be called at the beginning of every
   * tick, whatever else fails in it.
   */
  async attend(nowMs: number): Promise<RiskMemory> {
    const { killSwitch, states, requests } = this.parts;
    const request = requests?.resumeRequest() ?? null;
    const { thrown, by } = killSwitch.isThrown();
    if (!thrown && request !== null) await states.actOn(request, nowMs);
    // While the switch is thrown a request is of no use, and none that was made before may outlast it.
    if (request !== null) requests?.dropRequest();
    return thrown ? states.halt('RISK.KILL_SWITCH', `thrown by ${by}`, nowMs) : states.memory();
  }

  /** `attend`, and then what the tick has seen: findings that halt, and the limits of loss. To be called once per tick, order or not. */
  async watch(facts: RiskFacts): Promise<RiskMemory> {
    return (await this.look(facts)).after;
  }

  /** Whether the proposal may become an order. Every gate is read anew; the readings are complete also after the first that stood against it. */
  async judge(proposal: Proposal, facts: RiskFacts): Promise<Verdict> {
    const { view, after } = await this.look(facts);
    const readings = readGates(proposal, view);
    const against = readings.find(({ passed }) => !passed);
    // Looked at last: whoever threw the switch while the ledger was asked is heard as well.
    const { thrown, by } = this.parts.killSwitch.isThrown();
    if (against !== undefined) return { kind: 'refused', code: against.code, message: refusal(against), readings };
    if (thrown) await this.parts.states.halt('RISK.KILL_SWITCH', `thrown by ${by}`, facts.nowMs);
    if (!thrown && after.level !== 'HALTED') return { kind: 'approved', readings };
    const late: GateReading = { code: thrown ? 'RISK.KILL_SWITCH' : 'RISK.HALTED', label: 'Kill switch', value: thrown ? `thrown by ${by}` : after.reason, limit: 'not thrown', passed: false };
    return { kind: 'refused', code: late.code, message: refusal(late), readings: [...readings, late] };
  }

  private async look(facts: RiskFacts): Promise<{ readonly view: GateView; readonly after: RiskMemory }> {
    const { key, ledger, limits, killSwitch } = this.parts;
    const { nowMs, rules, position, bid, ask, freeQuote, findings } = facts;
    const memory = await this.attend(nowMs);
    const known = await ledger.facts(key, rules.quote, nowMs);
    const marks = await this.note(known, facts, memory);
    const view: GateView = { nowMs, limits, memory, killSwitch: killSwitch.isThrown(), findings, ledger: known, marks, base: rules.base, quote: rules.quote, lotStep: rules.lotStep, position, bid, ask, freeQuote };
    return { view, after: await this.haltWhereCrossed(view, memory) };
  }

  /** What is held is worth what somebody would pay for it now; where nobody says what, the result stays as it was last seen. */
  private async note({ held, realised, realisedToday }: LedgerFacts, { nowMs, bid, rules }: RiskFacts, memory: RiskMemory): Promise<Marks> {
    const { key, states } = this.parts;
    const unpriced = !isAmount(bid) && held.some(({ symbol, quantity }) => symbol === key.symbol && !isZero(quantity));
    if (unpriced) return memory.marks[rules.quote] ?? advanceMarks(null, { nowMs, result: realised, realised, realisedToday });
    const coins = held.map(({ symbol, quantity, cost, lastPrice }): HeldCoins => ({ quantity, cost, price: symbol === key.symbol && isAmount(bid) ? bid : lastPrice }));
    const seen = { nowMs, result: resultOf(realised, coins), realised, realisedToday };
    const before = memory.marks[rules.quote] ?? null;
    const marks = advanceMarks(before, seen);
    return before !== null && sameMarks(before, marks) ? marks : states.noteResult(rules.quote, seen);
  }

  private async haltWhereCrossed(view: GateView, memory: RiskMemory): Promise<RiskMemory> {
    if (memory.level === 'HALTED') return memory;
    const { states } = this.parts;
    const { nowMs, killSwitch, findings } = view;
    if (killSwitch.thrown) return states.halt('RISK.KILL_SWITCH', `thrown by ${killSwitch.by}`, nowMs);
    const halting: Finding | undefined = findings.find(({ stops }) => stops === 'halt');
    if (halting !== undefined) return states.halt(halting.code, halting.message, nowMs);
    const crossed = LOSS_GATES.map((gate) => gate(NO_ORDER, view)).find(({ passed }) => !passed);
    return crossed === undefined ? memory : states.halt(crossed.code, refusal(crossed), nowMs, { value: crossed.value, limit: crossed.limit });
  }
}

/** In words, with the numbers and the setting. */
export function refusal({ code, label, value, limit }: GateReading): string {
  const setting = Object.hasOwn(RISK_CODES, code) ? RISK_CODES[code as keyof typeof RISK_CODES].setting : null;
  return `${label}: ${value ?? 'not known'}; must be ${limit ?? 'anything'}${setting === null ? '' : ` (${setting})`}`;
}

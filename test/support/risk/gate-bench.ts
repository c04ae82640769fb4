import { RiskConfig } from '../../../src/config/bot-config.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { RiskLedger } from '../../../src/persistence/repositories/risk-facts.js';
import type { KillSwitch } from '../../../src/risk/kill-switch.js';
import { limitsOf } from '../../../src/risk/limits.js';
import { RiskGate, type RiskGateParts } from '../../../src/risk/risk-gate.js';
import { RiskStates } from '../../../src/risk/risk-states.js';
import type { Proposal, RiskFacts, Verdict } from '../../../src/risk/risk-types.js';
import { START } from '../ledger/orders.js';

export const KEY = { botId: 'bot-1', mode: 'paper', exchange: 'binance', symbol: 'BTC/USDT' } as const;
export const BOOK = { botId: 'bot-1', mode: 'paper' } as const;

export const ENTRY: Proposal = { side: 'buy', purpose: 'entry', quantity: '1', referencePrice: '100' };
export const EXIT: Proposal = { side: 'sell', purpose: 'exit', quantity: '1', referencePrice: '100' };

/** A switch that a test throws. */
export class TestSwitch implements KillSwitch {
  by: string | null = null;
  looks = 0;

  isThrown(): { thrown: boolean; by: string | null } {
    this.looks++;
    return { thrown: this.by !== null, by: this.by };
  }
}

/** A market at 100 on which nothing stands against a purchase of one coin. */
export function facts(changes: Partial<RiskFacts> = {}): RiskFacts {
  return {
    nowMs: START,
    rules: {
      symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', status: 'trading', priceStep: '0.01', lotStep: '0.00001', minQuantity: '0.00001', maxQuantity: '9000', marketLotStep: '0', minMarketQuantity: '0', maxMarketQuantity: '0',
      minPrice: '0.01', maxPrice: '1000000', minNotional: '5', maxNotional: '0',
    },
    bid: '99.99',
    ask: '100',
    freeQuote: '10000',
    position: '0',
    findings: [],
    ...changes,
  };
}

/** As the settings would make them, with a position of 100 and everything else that can be off switched off. */
export function quietLimits(changes: Partial<RiskConfig> = {}): RiskConfig {
  const off = { maxOrdersPerHour: 0, maxOrdersPerDay: 0, maxDailyLossUsd: 0, maxDrawdownUsd: 0, maxConsecutiveLosses: 0, maxPriceDeviationBps: 0, maxSpreadBps: 0, maxConsecutiveErrors: 0 };
  return Object.assign(new RiskConfig(), off, changes);
}

export interface GateBench {
  readonly gate: RiskGate;
  readonly states: RiskStates;
  readonly killSwitch: TestSwitch;
}

/** A gate over a ledger, as a start makes it: nothing is remembered but what the ledger holds. */
export function gateOn(database: LedgerDatabase, risk: RiskConfig, parts: Partial<RiskGateParts> = {}): GateBench {
  const killSwitch = new TestSwitch();
  const ledger = new RiskLedger(database);
  const states = new RiskStates(ledger, BOOK);
  return { gate: new RiskGate({ key: KEY, limits: limitsOf(risk), ledger, states, killSwitch, requests: null, ...parts }), states, killSwitch };
}

export function codeOf(verdict: Verdict): string {
  return verdict.kind === 'approved' ? 'approved' : verdict.code;
}

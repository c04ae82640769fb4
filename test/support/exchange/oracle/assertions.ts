import { units } from '../base/decimal.js';
import type { TradingEngine } from '../trading/trading-engine.js';
import type { Venue } from '../venue.js';
import type { BotDecision, BotLedger } from './bot-export.js';
import { closedCandleOnly } from './closed-candle-only.js';
import { FORBIDDING_STATES, noOrderWhile, type ForbiddingState } from './no-order-while.js';
import { backoffRespected, noSignedInPaper, weightBelow } from './request-assertions.js';
import { ledgerEqual, maxPosition, neverShortOwn, oneOrderPerIntent, traded } from './trading-assertions.js';

/** What each assertion needs besides the journal. */
export type Assertion =
  | { name: 'conservation' }
  | { name: 'oneOrderPerIntent'; args?: { prefix?: string; ledger?: BotLedger } }
  | { name: 'ledgerEqual'; args: { ledger: BotLedger } }
  | { name: 'maxPosition'; args: { symbol: string; limit: string | number } }
  | { name: 'neverShortOwn'; args: { symbol: string } }
  | { name: 'noOrderWhile'; args?: { state?: ForbiddingState } }
  | { name: 'closedCandleOnly'; args: { decisions: BotDecision[]; window?: number } }
  | { name: 'backoffRespected' }
  | { name: 'noSignedInPaper' }
  | { name: 'weightBelow'; args: { pct: number } }
  | { name: 'traded'; args: { min: number } };

export interface Verdict {
  name: string;
  ok: boolean;
  /** One line per violation. */
  problems: string[];
}

/** Holds the journal against one rule. */
export function judge(venue: Venue, engine: TradingEngine, assertion: Assertion): Verdict {
  const problems = problemsOf(venue, engine, assertion);
  return { name: assertion.name, ok: problems.length === 0, problems };
}

function problemsOf(venue: Venue, engine: TradingEngine, assertion: Assertion): string[] {
  const { journal } = venue;
  switch (assertion.name) {
    case 'conservation':
      return engine.problems();
    case 'oneOrderPerIntent':
      return oneOrderPerIntent(journal, assertion.args?.prefix ?? '', assertion.args?.ledger);
    case 'ledgerEqual':
      return ledgerEqual(journal, assertion.args.ledger);
    case 'maxPosition':
      return maxPosition(journal, market(venue, assertion.args.symbol), units(assertion.args.limit));
    case 'neverShortOwn':
      return neverShortOwn(journal, market(venue, assertion.args.symbol));
    case 'noOrderWhile':
      return noOrderWhile(journal, assertion.args?.state === undefined ? FORBIDDING_STATES : [assertion.args.state]);
    case 'closedCandleOnly':
      return closedCandleOnly(venue, assertion.args.decisions, assertion.args.window ?? 0);
    case 'backoffRespected':
      return backoffRespected(journal);
    case 'noSignedInPaper':
      return noSignedInPaper(journal);
    case 'weightBelow':
      return weightBelow(journal, assertion.args.pct, venue.settings.limits.weightPerMin);
    case 'traded':
      return traded(journal, assertion.args.min);
    default:
      throw new Error(`assert: expected a known assertion; was ${JSON.stringify(assertion satisfies never)}`);
  }
}

/** Also a delisted market is one that was traded. */
function market(venue: Venue, symbol: string): NonNullable<ReturnType<Venue['markets']['get']>> {
  const found = venue.markets.get(symbol);
  if (found === undefined) throw new Error(`symbol: expected a configured one; was ${symbol}`);
  return found;
}

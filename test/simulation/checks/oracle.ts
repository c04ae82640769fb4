import { exportDecisions } from '../../../src/persistence/export-decisions.js';
import { exportLedger } from '../../../src/persistence/export-ledger.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import type { Assertion, Verdict } from '../../support/exchange/oracle/assertions.js';
import type { BotDecision, BotLedger } from '../../support/exchange/oracle/bot-export.js';
import { BOT_ID, MARKET_ID } from '../layer.js';
import type { SimulatedWorld } from '../world/simulated-world.js';
import type { Violation } from './violation.js';

const SCOPE = { botId: BOT_ID, mode: 'live', exchange: 'binance' } as const;

/** What the exchange's own rules say about the run so far. All of them look at the whole journal, so nothing is missed by asking rarely. */
export async function oracleViolations(world: SimulatedWorld, database: LedgerDatabase): Promise<Violation[]> {
  const ledger = await exportedLedger(database);
  const asked: readonly [invariant: string, assertion: Assertion][] = [
    ['I01 one order per intent', { name: 'oneOrderPerIntent', args: { prefix: 'tb-', ledger } }],
    ['I05 never sells what it did not buy', { name: 'neverShortOwn', args: { symbol: MARKET_ID } }],
    ['I09 no order while forbidden', { name: 'noOrderWhile' }],
    ['the exchange keeps its own books', { name: 'conservation' }],
  ];
  return [...asked.flatMap(([invariant, assertion]) => violationsOf(world, invariant, assertion)), ...waitViolations(world)];
}

/**
 * I13: nothing is sent inside a wait that the bot was told of. As the exchange's own rule, but for answers that a fault held back: one that
 * comes after the bot's deadline is read by nobody, and the exchange cannot know that.
 */
function waitViolations({ exchange }: SimulatedWorld): Violation[] {
  const heldBack = new Set(exchange.journal.flatMap((entry) => (entry.type === 'fault' && entry.effect === 'latency' ? [entry.n0] : [])));
  const problems: string[] = [];
  let waitUntilMs = -Infinity;
  for (const entry of exchange.journal) {
    if (entry.type !== 'request') continue;
    if (entry.t < waitUntilMs) problems.push(`request ${entry.n} (${entry.method} ${entry.path}) was sent ${waitUntilMs - entry.t} ms too early`);
    if (entry.retryAfter !== undefined && !heldBack.has(entry.n)) waitUntilMs = Math.max(waitUntilMs, entry.t + entry.retryAfter * 1000);
  }
  return problems.length === 0 ? [] : [{ invariant: 'I13 waits are respected', problems }];
}

/** I02, I03: what can be said only when everything is settled. */
export async function ledgerViolations(world: SimulatedWorld, database: LedgerDatabase): Promise<Violation[]> {
  const ledger = await exportedLedger(database);
  return violationsOf(world, 'I02 ledger equals exchange', { name: 'ledgerEqual', args: { ledger } });
}

/** I06: only for a layer that decides on the exchange's candles. A window without holes is asked of entries; exits must be possible without. */
export async function candleViolations(world: SimulatedWorld, database: LedgerDatabase, window: number): Promise<Violation[]> {
  const { decisions } = JSON.parse(await gather(database, exportDecisions)) as { decisions: BotDecision[] };
  const entries = decisions.filter(({ action }) => action === 'BUY');
  return [
    ...violationsOf(world, 'I06 closed candles only', { name: 'closedCandleOnly', args: { decisions } }),
    ...violationsOf(world, 'I06 entries on a whole window', { name: 'closedCandleOnly', args: { decisions: entries, window } }),
  ];
}

export async function exportedLedger(database: LedgerDatabase): Promise<BotLedger> {
  return JSON.parse(await gather(database, exportLedger)) as BotLedger;
}

async function gather(database: LedgerDatabase, pieces: typeof exportLedger | typeof exportDecisions): Promise<string> {
  return database.read(async (view) => {
    let text = '';
    for await (const piece of pieces(view, SCOPE)) text += piece;
    return text;
  });
}

function violationsOf(world: SimulatedWorld, invariant: string, assertion: Assertion): Violation[] {
  const { problems } = world.exchange.control({ command: 'assert', ...assertion }) as Verdict;
  return problems.length === 0 ? [] : [{ invariant, problems }];
}

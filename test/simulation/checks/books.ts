import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compare, minus, negated, toDecimal, ZERO, type DecimalText } from '../../../src/domain/decimal.js';
import { checkLedger } from '../../../src/persistence/check-ledger.js';
import type { LedgerDatabase } from '../../../src/persistence/ledger-database.js';
import { DEFAULT_KEY, DEFAULT_SECRET } from '../../support/exchange/config/config.js';
import type { FakeBinance } from '../../support/exchange/fake-binance.js';
import { MARKET_ID } from '../layer.js';
import { exportedLedger } from './oracle.js';
import type { Violation } from './violation.js';

const SECRETS = [DEFAULT_KEY, DEFAULT_SECRET, 'signature='];

interface ExchangeBooks {
  readonly [symbol: string]: { readonly api: { readonly netBase: string; readonly quoteFlow: string; readonly commissions: Readonly<Record<string, string>> } };
}

/**
 * I16: everything derived in the bot's own books is what its executions add up to, and every asset changed by what the exchange moved.
 * Coins that left by hand are in neither.
 */
export async function bookViolations(exchange: FakeBinance, database: LedgerDatabase): Promise<Violation[]> {
  const { findings } = await database.read((view) => checkLedger(view));
  const { cash } = (await exportedLedger(database)) as unknown as { cash: Readonly<Record<string, DecimalText>> };
  const { netBase, quoteFlow, commissions } = (exchange.control({ command: 'ledger' }) as ExchangeBooks)[MARKET_ID].api;
  const moved: readonly [asset: string, amount: DecimalText][] = [
    ['BTC', toDecimal(netBase)],
    ['USDT', minus(toDecimal(quoteFlow), toDecimal(commissions['USDT'] ?? '0'))],
    ['BNB', negated(toDecimal(commissions['BNB'] ?? '0'))],
  ];
  const differences = moved.filter(([asset, amount]) => compare(cash[asset] ?? ZERO, amount) !== 0).map(([asset, amount]) => `${asset} changed by ${amount}; the books say ${cash[asset] ?? ZERO}`);
  const problems = [...findings, ...differences];
  return problems.length === 0 ? [] : [{ invariant: 'I16 own books add up', problems }];
}

/** I12: no key, secret or signature in any file of the bot, nor in anything it said. */
export function secretViolations(folder: string, said: readonly string[]): Violation[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = [...files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const), ['a message', said.join('\n')] as const];
  const problems = texts.flatMap(([name, text]) => SECRETS.filter((secret) => text.includes(secret)).map((secret) => `${name} holds ${secret.slice(0, 4)}…`));
  return problems.length === 0 ? [] : [{ invariant: 'I12 secrets nowhere', problems }];
}

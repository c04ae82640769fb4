import type { Finding } from '../domain/finding.js';
import type { OrderQueries } from '../persistence/repositories/order-repository.js';
import type { TradeRepository } from '../persistence/repositories/trade-repository.js';
import type { Book } from './book.js';

/**
 * What the ledger itself has against new entries: coins of another market that this bot still holds, or coins bought under another
 * strategy or timeframe than the settings now name. Settings may be changed at any time; a position is closed first.
 *
 * @param long whether something is held on the market of the settings
 */
export async function standingFindings(book: Book, strategy: string, long: boolean, ledger: { readonly orders: OrderQueries; readonly trades: TradeRepository }): Promise<Finding[]> {
  const { botId, mode, exchange, symbol, timeframe } = book;
  const held = await ledger.trades.holdings({ botId, mode });
  const findings = held
    .filter((position) => position.holding === 'open' && (position.symbol !== symbol || position.exchange !== exchange))
    .map(({ symbol: other, exchange: where, quantity, baseAsset }): Finding => ({
      code: 'POSITION.ELSEWHERE',
      message: `The bot still holds ${quantity} ${baseAsset} of ${other} on ${where}; set symbol to ${other} again and sell them with \`close-position\``,
      stops: 'no_entries',
    }));
  if (!long) return findings;
  const entry = await ledger.orders.lastEntry({ botId, mode, symbol });
  const [, , , boughtOn] = entry?.signalKey.split('|') ?? [];
  if (entry === null || (entry.strategy === strategy && boughtOn === timeframe)) return findings;
  return [
    ...findings,
    { code: 'POSITION.INHERITED', message: `What is held was bought by ${entry.strategy} on ${boughtOn}; the settings name ${strategy} on ${timeframe}, whose signals may sell it. No entries until then`, stops: 'no_entries' },
  ];
}

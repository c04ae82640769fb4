import { ExchangeUnavailable } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import { DAY_MS } from '../domain/timeframe.js';
import type { TradingClient } from '../exchange/trading-client.js';
import { judgePermissions } from './live-keys.js';

const HOUR_MS = DAY_MS / 24;
/** A key that nobody could ask about for so long may be another key by now. */
const LONGEST_UNCHECKED_MS = 6 * HOUR_MS;

/** Looks hourly at what the key may do. Between two looks the last answer holds. */
export class KeyWatch {
  private checkedAt: number | null = null;
  private known: readonly Finding[] = [];

  constructor(
    private readonly client: TradingClient,
    private readonly allowWithdrawals: boolean,
  ) {}

  /**
   * @param serverTime exchange time, UTC ms
   * @throws ExchangeAuthError when the key is refused
   */
  async findings(serverTime: number): Promise<readonly Finding[]> {
    if (this.checkedAt !== null && serverTime - this.checkedAt < HOUR_MS) return this.known;
    try {
      this.known = judgePermissions(await this.client.permissions(), serverTime, { allowWithdrawals: this.allowWithdrawals });
      this.checkedAt = serverTime;
      return this.known;
    } catch (error) {
      if (!(error instanceof ExchangeUnavailable)) throw error;
      const isFresh = this.checkedAt !== null && serverTime - this.checkedAt < LONGEST_UNCHECKED_MS;
      return isFresh ? this.known : [...this.known, { code: 'LIVE.KEY_UNCHECKED', message: `Nobody could be asked what the key may do: ${error.message}`, stops: 'no_entries' }];
    }
  }
}

import { divFloor, mulFloor, ONE, type Units, units } from '../base/decimal.js';
import type { Settings } from '../config/config.js';
import type { Market } from '../market/market.js';

/** The asset that can pay commissions at a discount. */
export const BNB = 'BNB';
const BRIDGE = 'USDT';

export interface Commission {
  asset: string;
  amount: Units;
}

export interface Traded {
  market: Market;
  isBuyer: boolean;
  isMaker: boolean;
  qty: Units;
  quoteQty: Units;
}

/** What a trade costs: a share of what it brings, or less in BNB where the account pays so and has enough. */
export class CommissionRule {
  private readonly makerRate: Units;
  private readonly takerRate: Units;
  private readonly bnbMultiplier: Units;

  constructor(
    private readonly settings: Settings,
    private readonly markets: ReadonlyMap<string, Market>,
  ) {
    this.makerRate = units(settings.makerRate);
    this.takerRate = units(settings.takerRate);
    this.bnbMultiplier = units(settings.bnbMultiplier);
  }

  get rates(): { maker: Units; taker: Units } {
    return { maker: this.makerRate, taker: this.takerRate };
  }

  /** @param bnbFree BNB the account can spare, what it is about to receive not counted */
  commission({ market, isBuyer, isMaker, qty, quoteQty }: Traded, bnbFree: Units): Commission {
    const rate = isMaker ? this.makerRate : this.takerRate;
    if (this.settings.bnbFee) {
      const price = this.bnbPrice(market.quote);
      if (price !== null) {
        const amount = divFloor(mulFloor(mulFloor(quoteQty, rate), this.bnbMultiplier), price);
        if (bnbFree >= amount) return { asset: BNB, amount };
      }
    }
    return isBuyer
      ? { asset: market.base, amount: mulFloor(qty, rate) }
      : { asset: market.quote, amount: mulFloor(quoteQty, rate) };
  }

  /** Price of one BNB in the given asset, by way of USDT where they have no market of their own; null when unknown. */
  private bnbPrice(quote: string): Units | null {
    if (quote === BNB) return ONE;
    const direct = this.markets.get(BNB + quote)?.last;
    if (direct !== undefined) return direct;
    const bnb = this.markets.get(BNB + BRIDGE)?.last;
    const other = this.markets.get(quote + BRIDGE)?.last;
    return bnb === undefined || other === undefined ? null : divFloor(bnb, other);
  }
}

import type { Candles } from '../../domain/candles.js';
import type { Html } from './html.js';

/** One figure with its unit, as text that may carry `TONE` marks. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  /** What it means; null where the label says it. */
  readonly meaning: string | null;
}

export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** A curve of the account, or of what it is compared with. */
export interface Curve {
  readonly name: string;
  /** One value before the first bar, then one at the close of each; NaN where there is none. */
  readonly values: Float64Array;
}

/** One round trip as it is drawn and listed. */
export interface PageTrade {
  /** UTC ms. */
  readonly entryTime: number;
  readonly entryPrice: number;
  readonly exitTime: number | null;
  readonly exitPrice: number | null;
  /** Price of the protective stop, where there was one. */
  readonly stop: number | null;
  readonly quantity: number;
  /** Quote currency. */
  readonly fees: number;
  readonly pnl: number | null;
  /** Fraction of what was spent. */
  readonly gain: number | null;
  readonly bars: number | null;
  /** Why it ended; null where nobody wrote it down. */
  readonly reason: string | null;
}

/** The market during the test, drawn with what was done on it. */
export interface PriceView {
  /** As many as there are bars. */
  readonly candles: Candles;
  /** Same length; NaN where there is no value. */
  readonly indicators: Readonly<Record<string, Float64Array>>;
}

/** Everything that a page shows, whatever it is about: a backtest or a bot. */
export interface PageModel {
  /** `Backtest`, `Paper bot`: the first of the words above the headline. */
  readonly kind: string;
  readonly about: readonly string[];
  readonly headline: string;
  readonly facts: readonly string[];
  /** The one line that must not be overlooked. */
  readonly alarm: string | null;
  readonly notices: readonly string[];
  readonly tiles: readonly Figure[];
  readonly groups: readonly FigureGroup[];
  readonly footnote: string | null;
  readonly base: string;
  readonly quote: string;
  readonly timeframe: Candles['timeframe'];
  /** Open of the first bar, UTC ms, and their number. */
  readonly firstMs: number;
  readonly bars: number;
  /** A sentence where there is nothing to draw. */
  readonly price: PriceView | string;
  /** The account first; its falls, months and ratios are drawn from it. */
  readonly curves: readonly [Curve, ...Curve[]];
  readonly trades: readonly PageTrade[];
  /** Milliseconds from the open of the bar on whose candle a fill is marked: 0 where orders fill at the open, a bar where they fill at the close. */
  readonly markLagMs: number;
  /** Further sections, between the charts and the figures. */
  readonly sections: readonly Section[];
  readonly assumptions: readonly string[];
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  /** Where it came from: versions, hashes, files. */
  readonly origin: readonly { readonly name: string; readonly value: string }[];
}

export interface Section {
  /** Of the heading, for links: lower-case letters and dashes. */
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** The parts that are files of their own: the chart library, the page's script, its style. */
export interface PageAssets {
  readonly chartLibrary: string;
  readonly script: string;
  readonly style: string;
}

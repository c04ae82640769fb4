import type { BacktestResult } from '../backtest/backtest-result.js';
import { fromNumber } from '../domain/decimal.js';
import { oneLine } from './columns.js';
import { exactPercent, plainNumber } from './numbers.js';

export const CONVENTION =
  'Year of 365 days; sample deviation; Sharpe per bar × √periods per year, daily × √365; risk-free rate 0.';

const FILL_RULES: Readonly<Record<string, string>> = {
  next_open: "orders fill at the next bar's open",
  close: "orders fill at the signal bar's own close, which a bot cannot do",
};

const FEE_SOURCES: Readonly<Record<string, string>> = {
  received: 'taken from what is received',
  quote: 'of a purchase paid on top, in quote currency',
};

type Section = Readonly<Record<string, unknown>>;

/**
 * What the run took for granted, in one sentence; what the settings do not say is left out.
 *
 * @param config the whole configuration of the run; `backtest` and `risk` are read
 * @param fill the fill rule, should the configuration not name it
 */
export function assumptions(config: Section, fill: string, quote: string): string {
  const backtest = sectionOf(config, 'backtest');
  const parts = [
    fillRule(textIn(backtest, 'fill') ?? fill),
    feeRule(backtest),
    slippageRule(numberIn(backtest, 'slippage_bps')),
    sizingRule(backtest, numberIn(sectionOf(config, 'risk'), 'max_position_size_usd'), quote),
    lotRule(numberIn(backtest, 'quantity_step'), numberIn(backtest, 'min_notional'), quote),
  ];
  const sentence = parts.filter((part) => part !== null).join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** What the account began with: as it was set, or else the first point of the curve. */
export function initialCapital({ config, equity_curve: curve }: Pick<BacktestResult, 'config' | 'equity_curve'>): number {
  return numberIn(sectionOf(config, 'backtest'), 'initial_capital') ?? curve.at(0)?.equity ?? 0;
}

function fillRule(fill: string): string {
  return Object.hasOwn(FILL_RULES, fill) ? FILL_RULES[fill] : `orders fill by the rule "${oneLine(fill)}"`;
}

function feeRule(backtest: Section): string | null {
  const rate = numberIn(backtest, 'fee_rate');
  if (rate === null) return null;
  if (rate === 0) return 'no fee';
  const from = textIn(backtest, 'fee_from') ?? '';
  const source = Object.hasOwn(FEE_SOURCES, from) ? `, ${FEE_SOURCES[from]}` : '';
  return `fee ${exactPercent(rate)} per side${source}`;
}

function slippageRule(bps: number | null): string | null {
  if (bps === null) return null;
  return bps === 0 ? 'no slippage' : `slippage ${plainNumber(bps)} bps per side`;
}

function sizingRule(backtest: Section, positionSize: number | null, quote: string): string | null {
  const rule = textIn(backtest, 'sizing');
  if (rule === null) return null;
  const fraction = numberIn(backtest, 'fraction');
  if (rule === 'all_in') return 'all cash into each purchase';
  if (rule === 'fraction' && fraction !== null) return `${exactPercent(fraction)} of the equity into each purchase`;
  if (rule === 'fixed_quote' && positionSize !== null) return `${amount(positionSize, quote)} into each purchase`;
  return `purchases sized by the rule "${oneLine(rule)}"`;
}

/** Only said where there is one: by default any quantity is good. */
function lotRule(step: number | null, least: number | null, quote: string): string | null {
  const parts = [step === null || step === 0 ? null : `quantities in steps of ${fromNumber(step)}`, least === null || least === 0 ? null : `orders from ${amount(least, quote)} on`];
  return parts.some((part) => part !== null) ? parts.filter((part) => part !== null).join(', ') : null;
}

function amount(value: number, quote: string): string {
  return `${plainNumber(value)} ${quote}`.trimEnd();
}

function sectionOf(parent: Section, key: string): Section {
  const value = parent[key];
  return typeof value === 'object' && value !== null ? (value as Section) : {};
}

function numberIn(section: Section, key: string): number | null {
  const value = section[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textIn(section: Section, key: string): string | null {
  const value = section[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

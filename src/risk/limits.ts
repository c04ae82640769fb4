import type { RiskConfig } from '../config/bot-config.js';
import { isZero, times, toDecimal, type DecimalText } from '../domain/decimal.js';

/** The settings of the gate with every default worked out. Amounts are decimal texts in quote currency; null means off. */
export interface RiskLimits {
  readonly positionValue: DecimalText;
  readonly orderValue: DecimalText;
  readonly ordersPerHour: number | null;
  readonly ordersPerDay: number | null;
  readonly dailyLoss: DecimalText | null;
  readonly drawdown: DecimalText | null;
  readonly consecutiveLosses: number | null;
  readonly cooldownMs: number;
  readonly consecutiveErrors: number | null;
  readonly priceDeviationBps: DecimalText | null;
  readonly spreadBps: DecimalText | null;
  readonly minFreeQuote: DecimalText;
}

/** The price may move between the decision and the look at the book. */
const ALLOWANCE = '1.01';

/** Exits wait when so many times the hourly number of orders went out: no strategy that works gets there. */
export const RUNAWAY_TIMES = 3;

export function limitsOf(risk: RiskConfig): RiskLimits {
  const position = amount(risk.maxPositionSizeUsd);
  return {
    positionValue: times(position, ALLOWANCE),
    orderValue: risk.maxOrderValueUsd === undefined ? times(position, ALLOWANCE) : amount(risk.maxOrderValueUsd),
    ordersPerHour: count(risk.maxOrdersPerHour),
    ordersPerDay: count(risk.maxOrdersPerDay),
    dailyLoss: risk.maxDailyLossUsd === undefined ? times(position, '0.5') : switched(amount(risk.maxDailyLossUsd)),
    drawdown: risk.maxDrawdownUsd === undefined ? position : switched(amount(risk.maxDrawdownUsd)),
    consecutiveLosses: count(risk.maxConsecutiveLosses),
    cooldownMs: risk.cooldownMinutes * 60_000,
    consecutiveErrors: count(risk.maxConsecutiveErrors),
    priceDeviationBps: switched(amount(risk.maxPriceDeviationBps)),
    spreadBps: switched(amount(risk.maxSpreadBps)),
    minFreeQuote: amount(risk.minFreeQuoteUsd),
  };
}

function amount(setting: number): DecimalText {
  return toDecimal(String(setting));
}

function switched(limit: DecimalText): DecimalText | null {
  return isZero(limit) ? null : limit;
}

function count(setting: number): number | null {
  return setting === 0 ? null : setting;
}

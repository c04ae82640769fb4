import type { BotOrder } from './bot-period.js';

/** What one order cost against the prices before it, in hundredths of a percent; above zero is to our loss. */
export interface OrderSlippage {
  readonly order: BotOrder;
  readonly fillPrice: number;
  /** Quote currency that was traded. */
  readonly value: number;
  /** From the close that was decided on to the price paid. */
  readonly total: number;
  /** From that close to the book at planning, and from there to the price paid; null where nobody wrote the book down. */
  readonly delay: number | null;
  readonly execution: number | null;
}

/** Means weighted by value; null where nothing is known. */
export interface SlippageSummary {
  readonly orders: readonly OrderSlippage[];
  readonly total: number | null;
  readonly delay: number | null;
  readonly execution: number | null;
  /** Orders whose book is known. */
  readonly withBook: number;
  /** Quote currency from decision to fill; above zero is to our loss. */
  readonly cost: number;
  readonly worst: OrderSlippage | null;
}

const BPS = 10_000;

/** Measures every order that traded. Pure. */
export function measuredSlippage(orders: readonly BotOrder[]): SlippageSummary {
  const measured = orders.filter(({ executedQuantity }) => Number(executedQuantity) > 0).map(measure);
  return {
    orders: measured,
    total: mean(measured, ({ total }) => total),
    delay: mean(measured, ({ delay }) => delay),
    execution: mean(measured, ({ execution }) => execution),
    withBook: measured.filter(({ execution }) => execution !== null).length,
    cost: measured.reduce((sum, { order, fillPrice }) => sum + (order.side === 'buy' ? 1 : -1) * (fillPrice - Number(order.decisionPrice)) * Number(order.executedQuantity), 0),
    worst: measured.reduce<OrderSlippage | null>((worst, one) => (worst === null || one.total > worst.total ? one : worst), null),
  };
}

/** All three as shares of the price decided on, so that delay and execution add up to the total. */
function measure(order: BotOrder): OrderSlippage {
  const fillPrice = Number(order.executedQuote) / Number(order.executedQuantity);
  const decision = Number(order.decisionPrice);
  const against = (from: number, to: number): number => ((order.side === 'buy' ? to - from : from - to) / decision) * BPS;
  const { arrivalPrice: arrival } = order;
  return {
    order,
    fillPrice,
    value: Number(order.executedQuote),
    total: against(decision, fillPrice),
    delay: arrival === null ? null : against(decision, arrival),
    execution: arrival === null ? null : against(arrival, fillPrice),
  };
}

function mean(measured: readonly OrderSlippage[], value: (one: OrderSlippage) => number | null): number | null {
  let sum = 0;
  let weight = 0;
  for (const one of measured) {
    const bps = value(one);
    if (bps === null) continue;
    sum += bps * one.value;
    weight += one.value;
  }
  return weight > 0 ? sum / weight : null;
}

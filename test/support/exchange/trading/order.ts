import type { Units } from '../base/decimal.js';
import type { OrderSource } from '../base/journal.js';
import type { Side } from '../market/book.js';

export const ORDER_TYPES = [
  'LIMIT', 'LIMIT_MAKER', 'MARKET', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT',
] as const;

export type OrderType = (typeof ORDER_TYPES)[number];
export type TimeInForce = 'GTC' | 'IOC' | 'FOK';
export type OrderStatus = 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED';
export type ExpiryReason =
  | 'INSUFFICIENT_LIQUIDITY'
  | 'UNFILLED_IOC_QUANTITY_EXPIRED'
  | 'UNFILLED_FOK_ORDER_EXPIRED'
  | 'EXCHANGE_CANCELED';

/** What a client asks for; its form is checked, its fitness for the market not yet. */
export interface OrderRequest {
  symbol: string;
  side: Side;
  type: OrderType;
  timeInForce: TimeInForce;
  /** Base quantity; null when `quoteOrderQty` says what to spend. */
  quantity: Units | null;
  quoteOrderQty: Units | null;
  /** 0 for orders without a limit. */
  price: Units;
  /** 0 for orders without a stop. */
  stopPrice: Units;
  clientOrderId: string;
}

/** The part of an order that changes. */
export interface OrderState {
  clientOrderId: string;
  executedQty: Units;
  quoteFilled: Units;
  status: OrderStatus;
  updateTime: number;
  /** -1 until a stop has fired. */
  workingTime: number;
  isWorking: boolean;
  expiryReason: ExpiryReason | null;
}

export interface Order extends OrderState {
  readonly orderId: number;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly price: Units;
  readonly stopPrice: Units;
  /** Base quantity asked for, or worked out from `quoteOrderQty`. */
  readonly origQty: Units;
  readonly quoteOrderQty: Units;
  readonly time: number;
  readonly source: OrderSource;
  /** The id it was placed with; a cancel may give it another. */
  readonly originalClientOrderId: string;
  /** What is still held back for it, in quote for a BUY and in base for a SELL. */
  locked: Units;
  readonly lockAsset: string;
  /** Its states so far, one per ms in which it changed, ascending. */
  readonly history: OrderState[];
}

export function isOpen({ status }: Pick<OrderState, 'status'>): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED';
}

export function isStop(type: OrderType): boolean {
  return type.startsWith('STOP_LOSS') || type.startsWith('TAKE_PROFIT');
}

/** Whether it takes what the book offers at any price. */
export function hasNoLimit(type: OrderType): boolean {
  return type === 'MARKET' || type === 'STOP_LOSS' || type === 'TAKE_PROFIT';
}

/** Keeps the order's present state for those who see it late. */
export function remember(order: Order): void {
  const { clientOrderId, executedQty, quoteFilled, status, updateTime, workingTime, isWorking, expiryReason } = order;
  if (order.history.at(-1)?.updateTime === updateTime) order.history.pop();
  order.history.push({ clientOrderId, executedQty, quoteFilled, status, updateTime, workingTime, isWorking, expiryReason });
}

/** The order as it was at `atMs`, or null when it did not exist yet. */
export function asOf(order: Order, atMs: number): Order | null {
  if (order.updateTime <= atMs) return order;
  if (order.time > atMs) return null;
  const state = order.history.findLast(({ updateTime }) => updateTime <= atMs);
  return state === undefined ? null : { ...order, ...state };
}

/** The order as it last was while still open; null when it never was for a whole ms. */
export function lastOpen(order: Order): Order | null {
  const state = order.history.findLast(isOpen);
  return state === undefined ? null : { ...order, ...state };
}

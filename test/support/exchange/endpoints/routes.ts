import { ACCOUNT_ROUTES } from './account.js';
import { GENERAL_ROUTES } from './general.js';
import { KLINES_ROUTE } from './klines.js';
import { ORDER_ENTRY_ROUTES } from './order-entry.js';
import { ORDER_QUERY_ROUTES } from './order-queries.js';
import { PRICE_ROUTES } from './prices.js';
import type { Route } from './route.js';

export const ROUTES: readonly Route[] = [
  ...GENERAL_ROUTES,
  KLINES_ROUTE,
  ...PRICE_ROUTES,
  ...ORDER_ENTRY_ROUTES,
  ...ORDER_QUERY_ROUTES,
  ...ACCOUNT_ROUTES,
];

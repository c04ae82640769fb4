import type { Layer } from './layer.js';
import { BotDriver } from './layers/bot-driver.js';
import { OrderDriver } from './layers/order-driver.js';
import { assemble } from './layers/trading-parts.js';

const ORDERS: Layer = {
  name: 'orders',
  decidesOnCandles: false,
  start: async (world, ledger) => new OrderDriver(world, await assemble(world, ledger)),
};

const BOT: Layer = { name: 'bot', decidesOnCandles: true, start: (world, ledger) => BotDriver.start(world, ledger) };

/** What can be simulated, by name. */
export const LAYERS = { orders: ORDERS, bot: BOT } as const satisfies Record<string, Layer>;

export type LayerName = keyof typeof LAYERS;

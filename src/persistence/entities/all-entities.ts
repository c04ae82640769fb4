import { AdjustmentEntity } from './adjustment.entity.js';
import { BotEventEntity } from './bot-event.entity.js';
import { DailyEquityEntity } from './daily-equity.entity.js';
import { DailyPnlEntity } from './daily-pnl.entity.js';
import { FillEntity } from './fill.entity.js';
import { LeaseEntity } from './lease.entity.js';
import { LedgerIdentityEntity } from './ledger-identity.entity.js';
import { OrderTransitionEntity } from './order-transition.entity.js';
import { OrderEntity } from './order.entity.js';
import { PositionEntity } from './position.entity.js';
import { RiskStateEntity } from './risk-state.entity.js';
import { SignalEntity } from './signal.entity.js';
import { TradeEntity } from './trade.entity.js';

export const ALL_ENTITIES = [
  LedgerIdentityEntity,
  LeaseEntity,
  SignalEntity,
  OrderEntity,
  OrderTransitionEntity,
  FillEntity,
  PositionEntity,
  TradeEntity,
  DailyPnlEntity,
  AdjustmentEntity,
  RiskStateEntity,
  BotEventEntity,
  DailyEquityEntity,
];

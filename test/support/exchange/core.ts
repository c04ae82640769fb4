import { Answerer } from './api/answer.js';
import { Pipeline } from './api/pipeline.js';
import type { Settings } from './config/config.js';
import { planConfiguredScripts } from './control/scripts.js';
import { ROUTES } from './endpoints/routes.js';
import { FaultBook } from './faults/fault-book.js';
import { TradingEngine } from './trading/trading-engine.js';
import { Venue } from './venue.js';

/** One run of the exchange; a reset begins a new one. */
export interface Core {
  venue: Venue;
  engine: TradingEngine;
  faults: FaultBook;
  pipeline: Pipeline;
}

export function openCore(settings: Settings): Core {
  const venue = new Venue(settings);
  const engine = new TradingEngine(venue);
  const faults = new FaultBook((ms) => venue.absoluteMs(ms), venue.draws.faults);
  faults.add(settings.faults);
  const pipeline = new Pipeline(venue, engine, new Answerer(venue, engine, ROUTES), faults);
  planConfiguredScripts(venue);
  venue.start();
  return { venue, engine, faults, pipeline };
}

import type { JournalOf } from '../base/journal.js';
import { ApiError } from '../base/api-error.js';
import type { RawReply } from '../base/wire.js';
import type { KeyConfig } from '../config/config.js';
import type { Context, Route } from '../endpoints/route.js';
import { MAINTENANCE_PAGE } from '../faults/spoil.js';
import type { TradingEngine } from '../trading/trading-engine.js';
import type { Venue } from '../venue.js';
import { checkAccess, checkRecvWindow } from './access.js';
import type { Call } from './call.js';
import { checkParameters } from './parameters.js';

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' };

/** Carries requests out: limits, access, parameters, then the endpoint. Knows nothing of faults. */
export class Answerer {
  private readonly byPath = new Map<string, Route[]>();

  constructor(
    private readonly venue: Venue,
    private readonly engine: TradingEngine,
    routes: readonly Route[],
  ) {
    for (const route of routes) this.byPath.set(route.path, [...(this.byPath.get(route.path) ?? []), route]);
  }

  /**
   * @param entry the request's journal entry, filled in on the way
   * @param change applied to the checked values before the endpoint sees them
   */
  answer(call: Call, entry: JournalOf<'request'>, change?: (values: Map<string, string>) => void): RawReply {
    const { venue } = this;
    if (venue.isInMaintenance && call.path.startsWith('/api/')) return maintenanceReply();
    const route = this.route(call);
    const weight = typeof route === 'number' ? 1 : route.weight((name) => call.values.has(name));
    const refused = venue.limits.admit(call.raw.ip, weight, venue.now);
    const reply = this.attempt(entry, () => {
      if (refused !== null) throw refused;
      if (typeof route === 'number') return this.noRoute(call, route);
      return { status: 200, body: JSON.stringify(this.run(call, route, entry, change)) };
    });
    const isFree = typeof route !== 'number' && route.isFreeOnSuccess === true && reply.status === 200;
    if (isFree && venue.settings.zeroWeightOnSuccess) venue.limits.refund(call.raw.ip, weight, venue.now);
    entry.weight = venue.limits.used(call.raw.ip, venue.now);
    return { ...reply, headers: { ...this.usage(call, entry, reply.status), ...reply.headers } };
  }

  /** Checks a signed request as `answer` does, carrying nothing out; null when it may go on. */
  refuse(call: Call, entry: JournalOf<'request'>): RawReply | null {
    const route = this.route(call);
    if (typeof route === 'number') return null;
    const reply = this.attempt(entry, () => {
      this.admit(call, route, entry);
      return { status: 200, body: '' };
    });
    return reply.status === 200 ? null : reply;
  }

  /** Carries out a request that was let in earlier, on its entry to the engine. The reply reaches nobody. */
  runLate(call: Call, entry: JournalOf<'request'>): void {
    const route = this.route(call);
    if (typeof route === 'number') return;
    this.attempt(entry, () => {
      if (route.permission !== null) checkRecvWindow(call, this.venue.clock.serverTime, this.venue.timeTolerance);
      return { status: 200, body: JSON.stringify(this.execute(call, route, entry, undefined)) };
    });
  }

  private run(call: Call, route: Route, entry: JournalOf<'request'>, change?: (values: Map<string, string>) => void): unknown {
    const key = this.admit(call, route, entry);
    if (route.isUnexpected === true) this.venue.journal.add('unexpected', { path: call.path });
    return this.execute(call, route, entry, key, change);
  }

  private admit(call: Call, route: Route, entry: JournalOf<'request'>): KeyConfig | undefined {
    if (route.permission === null) return undefined;
    const { settings, clock, timeTolerance } = this.venue;
    const rules = { keys: settings.keys, permission: route.permission, serverTimeMs: clock.serverTime, timeTolerance };
    return checkAccess(call, rules, entry);
  }

  private execute(
    call: Call,
    route: Route,
    entry: JournalOf<'request'>,
    key: KeyConfig | undefined,
    change?: (values: Map<string, string>) => void,
  ): unknown {
    const values = new Map(call.values);
    change?.(values);
    const params = checkParameters([call.query, call.body], values, {
      table: route.params,
      mandatory: route.mandatory,
      isSigned: route.permission !== null,
      strict: this.venue.settings.strictParams,
      isKnownSymbol: (symbol) => this.venue.isListed(symbol),
      checkPresence: route.checkPresence,
    });
    const context: Context = { venue: this.venue, engine: this.engine, params, n0: entry.n, key };
    const body = route.run(context);
    entry.executed = true;
    if (context.orderId !== undefined) entry.orderId = context.orderId;
    return body;
  }

  private attempt(entry: JournalOf<'request'>, act: () => { status: number; body: string }): RawReply {
    try {
      return { ...act(), headers: { ...JSON_TYPE }, wire: {} };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const headers: Record<string, string> = { ...JSON_TYPE };
      if (error.retryAfterSec !== undefined) {
        headers['retry-after'] = String(error.retryAfterSec);
        entry.retryAfter = error.retryAfterSec;
      }
      return { status: error.status, headers, body: error.body, wire: {} };
    }
  }

  private route(call: Call): Route | 404 | 405 {
    const routes = this.byPath.get(call.path);
    if (routes === undefined) return 404;
    return routes.find(({ method }) => method === call.method) ?? 405;
  }

  private noRoute(call: Call, status: 404 | 405): { status: number; body: string } {
    this.venue.journal.add('unexpected', { path: call.path });
    return { status, body: '{}' };
  }

  private usage(call: Call, entry: JournalOf<'request'>, status: number): Record<string, string> {
    const headers: Record<string, string> = {
      'x-mbx-uuid': this.uuid(),
      'x-mbx-used-weight': String(entry.weight),
      'x-mbx-used-weight-1m': String(entry.weight),
    };
    if (call.method === 'POST' && call.path === '/api/v3/order' && status === 200) {
      const [tenSeconds, day] = this.venue.limits.orderCounts(this.venue.now);
      headers['x-mbx-order-count-10s'] = String(tenSeconds.count);
      headers['x-mbx-order-count-1d'] = String(day.count);
    }
    return headers;
  }

  private uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.venue.draws.uuid.nextU32().toString(16).padStart(8, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
}

function maintenanceReply(): RawReply {
  return { status: 503, headers: { 'content-type': 'text/html' }, body: MAINTENANCE_PAGE, wire: {} };
}

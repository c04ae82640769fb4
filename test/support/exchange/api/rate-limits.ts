import { type ApiError, banned, tooManyOrders, tooManyRequests } from '../base/api-error.js';
import type { LimitsConfig } from '../config/config.js';

const MINUTE_MS = 60_000;
const RAW_WINDOW_MS = 5 * MINUTE_MS;
const ORDER_WINDOWS = [
  { ms: 10_000, name: '10 SECOND', interval: 'SECOND', count: 10 },
  { ms: 86_400_000, name: '1 DAY', interval: 'DAY', count: 1 },
] as const;

/** Counts in a window of fixed length that begins on a multiple of it. */
class Window {
  private index = -1;
  private value = 0;

  constructor(readonly ms: number) {}

  count(nowMs: number): number {
    return Math.floor(nowMs / this.ms) === this.index ? this.value : 0;
  }

  add(nowMs: number, amount: number): void {
    this.set(nowMs, Math.max(0, this.count(nowMs) + amount));
  }

  set(nowMs: number, value: number): void {
    this.index = Math.floor(nowMs / this.ms);
    this.value = value;
  }

  secondsLeft(nowMs: number): number {
    return Math.ceil((this.ms - (nowMs % this.ms)) / 1000);
  }
}

class Address {
  readonly weight = new Window(MINUTE_MS);
  readonly raw = new Window(RAW_WINDOW_MS);
  waitUntilMs = -Infinity;
  ignored = 0;
  bans = 0;
}

/** Request weight and raw requests per address, bans, and the account's new orders. */
export class RateLimits {
  private readonly addresses = new Map<string, Address>();
  private readonly orders = ORDER_WINDOWS.map(({ ms }) => new Window(ms));
  private readonly bannedUntil = new Map<string, number>();
  private everyoneBannedUntilMs = -Infinity;
  private readonly forced = new Window(MINUTE_MS);

  /** @param onBan told the end of each ban, ms */
  constructor(
    private readonly config: LimitsConfig,
    private readonly onBan: (untilMs: number) => void,
  ) {}

  /** Charges a request, or says why it is turned away. */
  admit(ip: string, weight: number, nowMs: number): ApiError | null {
    const banEnd = this.banEnd(ip);
    if (nowMs < banEnd) return banned(banEnd, Math.ceil((banEnd - nowMs) / 1000));
    const address = this.address(ip);
    address.weight.set(nowMs, this.used(ip, nowMs) + weight);
    address.raw.add(nowMs, 1);
    const limiting = this.exceeded(address, nowMs);
    if (limiting === null) return null;
    const waitSec = limiting.secondsLeft(nowMs);
    if (nowMs < address.waitUntilMs) {
      address.ignored++;
      if (address.ignored >= this.config.ban.after429) return this.banAddress(ip, address, nowMs);
    } else {
      address.waitUntilMs = nowMs + waitSec * 1000;
      address.ignored = 0;
    }
    return tooManyRequests(this.config.weightPerMin, waitSec);
  }

  refund(ip: string, weight: number, nowMs: number): void {
    this.address(ip).weight.add(nowMs, -weight);
  }

  /** Weight used in the current minute. */
  used(ip: string, nowMs: number): number {
    return Math.max(this.address(ip).weight.count(nowMs), this.forced.count(nowMs));
  }

  /** Makes every address look as if it had used so much weight in this minute. */
  force(used: number, nowMs: number): void {
    this.forced.set(nowMs, used);
  }

  /** Bans every address. */
  ban(seconds: number, nowMs: number): void {
    this.everyoneBannedUntilMs = nowMs + seconds * 1000;
    this.onBan(this.everyoneBannedUntilMs);
  }

  /** Why one more order would be too many, or null. */
  orderRefusal(nowMs: number): ApiError | null {
    const limits = [this.config.ordersPer10s, this.config.ordersPerDay];
    const full = this.orders.findIndex((window, i) => window.count(nowMs) >= limits[i]);
    return full < 0 ? null : tooManyOrders(limits[full], ORDER_WINDOWS[full].name, this.orders[full].secondsLeft(nowMs));
  }

  /** +1 for an accepted order, -1 at its first fill. */
  countOrder(change: 1 | -1, nowMs: number): void {
    for (const window of this.orders) window.add(nowMs, change);
  }

  /** New orders in the windows of 10 s and of a day. */
  orderCounts(nowMs: number): { interval: string; intervalNum: number; limit: number; count: number }[] {
    const limits = [this.config.ordersPer10s, this.config.ordersPerDay];
    return ORDER_WINDOWS.map(({ interval, count }, i) => ({
      interval,
      intervalNum: count,
      limit: limits[i],
      count: this.orders[i].count(nowMs),
    }));
  }

  private exceeded(address: Address, nowMs: number): Window | null {
    if (address.weight.count(nowMs) > this.config.weightPerMin) return address.weight;
    return address.raw.count(nowMs) > this.config.rawPer5Min ? address.raw : null;
  }

  private banAddress(ip: string, address: Address, nowMs: number): ApiError {
    const { firstSec, maxSec } = this.config.ban;
    const seconds = Math.min(firstSec * 2 ** address.bans, maxSec);
    address.bans++;
    address.ignored = 0;
    address.waitUntilMs = -Infinity;
    const untilMs = nowMs + seconds * 1000;
    this.bannedUntil.set(ip, untilMs);
    this.onBan(untilMs);
    return banned(untilMs, seconds);
  }

  private banEnd(ip: string): number {
    return Math.max(this.bannedUntil.get(ip) ?? -Infinity, this.everyoneBannedUntilMs);
  }

  private address(ip: string): Address {
    let address = this.addresses.get(ip);
    if (address === undefined) this.addresses.set(ip, (address = new Address()));
    return address;
  }
}

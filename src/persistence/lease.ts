import { LeaseEntity } from './entities/lease.entity.js';
import { heldBy, type Holder } from './instance-lock.js';
import type { LedgerDatabase } from './ledger-database.js';

/** A lease that is not renewed for this long is over. */
export const LEASE_MS = 60_000;

/** Whether a process of this host is running. */
export type IsAlive = (pid: number) => boolean;

/**
 * The right to write, in the database itself. It guards where the lock of the operating system cannot: when its file was deleted, or
 * the folder is shared between machines. Whoever takes it raises the token, and from then on every transaction of the one before
 * is refused.
 */
export class Lease {
  private constructor(
    private readonly database: LedgerDatabase,
    readonly token: number,
  ) {}

  /**
   * @param holder who asks; it holds the lock of the folder
   * @throws InstanceLocked LOCK.HELD while another process that seems to be alive has a lease that is not over
   */
  static async take(database: LedgerDatabase, holder: Holder, nowMs: number, folder: string, isAlive: IsAlive): Promise<Lease> {
    const token = await database.write(async (transaction) => {
      const [last] = await transaction.find(LeaseEntity, (query) => query.limit(1));
      if (last !== undefined && last.expiresAt > nowMs && !isGone(last, holder, isAlive)) throw heldBy(folder, last);
      const next = (last?.token ?? 0) + 1;
      await transaction.upsert(LeaseEntity, { id: 1, token: next, botId: holder.botId, host: holder.host, pid: holder.pid, since: holder.since, expiresAt: nowMs + LEASE_MS });
      return next;
    });
    database.fenceWith(token);
    return new Lease(database, token);
  }

  /** To be called more often than every LEASE_MS. @throws InstanceLocked LOCK.LOST */
  async renew(nowMs: number): Promise<void> {
    await this.database.write((transaction) => transaction.change('UPDATE leases SET expires_at = ? WHERE id = 1', [nowMs + LEASE_MS]));
  }

  /** Gives it back: the next one need not wait. */
  async release(): Promise<void> {
    await this.database.write((transaction) => transaction.change('UPDATE leases SET expires_at = 0 WHERE id = 1', []));
  }
}

/** On this host the process can be looked for. Our own id is no proof of life: in a container every process has the id 1. */
function isGone(last: LeaseEntity, holder: Holder, isAlive: IsAlive): boolean {
  return last.host === holder.host && (last.pid === holder.pid || !isAlive(last.pid));
}

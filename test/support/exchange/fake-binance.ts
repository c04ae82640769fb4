import type { JournalEntry } from './base/journal.js';
import type { RawReply, RawRequest, RequestHandler } from './base/wire.js';
import { resolveConfig, type FakeConfig } from './config/config.js';
import type { ControlCommand } from './control/command.js';
import { carryOut } from './control/control.js';
import { openCore, type Core } from './core.js';
import { startServers, type Servers } from './transport/servers.js';

export type { FakeConfig } from './config/config.js';
export type { ControlCommand } from './control/command.js';
export type { JournalEntry } from './base/journal.js';
export type { RawReply, RawRequest, Wire } from './base/wire.js';

/** A spot exchange for tests that answers like Binance's REST API. Equal settings and equal input give equal output. */
export class FakeBinance implements RequestHandler {
  private core: Core;
  private servers: Servers | null = null;

  constructor(config: FakeConfig = {}) {
    this.core = openCore(resolveConfig(config));
  }

  /** Answers one request at the current virtual time. */
  handle(request: RawRequest): RawReply {
    return this.core.pipeline.handle(request);
  }

  resume(request: RawRequest): RawReply {
    return this.core.pipeline.resume(request);
  }

  /** Moves time forward by `ms`; price steps and planned work happen on the way, in order of time. */
  advance(ms: number): void {
    this.control({ command: 'clock', advance: ms });
  }

  control(command: ControlCommand): unknown {
    if (command.command === 'reset') {
      this.core = openCore(resolveConfig(command.config ?? {}));
      return undefined;
    }
    if (command.command === 'shutdown') {
      void this.servers?.close();
      return undefined;
    }
    return carryOut(this.core, command);
  }

  /** Serves on 127.0.0.1 until closed: the API on `port` (0: any), the control commands on another. */
  async listen(port = 0): Promise<Servers> {
    this.servers = await startServers(this, (command) => this.control(command), port);
    return this.servers;
  }

  get journal(): readonly JournalEntry[] {
    return this.core.venue.journal.entries;
  }

  /** Current virtual time, epoch ms. */
  get now(): number {
    return this.core.venue.now;
  }

  get timeScale(): number {
    return this.core.venue.clock.timeScale;
  }

  get isVirtual(): boolean {
    return this.core.venue.clock.mode === 'virtual';
  }
}

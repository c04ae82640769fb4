import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another process that does as it is told: `lock-racer.mjs` opens, writes and closes ledgers. */
export class Racer {
  private readonly process: ChildProcess;
  private readonly lines: Interface;
  private readonly answers: AsyncIterator<string>;

  constructor(script = 'lock-racer.mjs') {
    this.process = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } });
    this.lines = createInterface({ input: this.process.stdout as NodeJS.ReadableStream });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.process.pid as number;
  }

  /** @returns its answer, one line */
  async ask(command: string): Promise<string> {
    this.process.stdin?.write(`${command}\n`);
    const { value } = await this.answers.next();
    return String(value);
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill(signal);
    await gone;
    this.lines.close();
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}

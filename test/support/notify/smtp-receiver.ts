import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a mail server says other than a good one, by the command it answers; `greeting` is what it begins with. */
export interface SmtpScript {
  /** null: nothing at all, for ever. */
  readonly greeting?: string | null;
  /** By the first word of a command, e.g. `{ RCPT: '550 5.1.1 unknown' }`. */
  readonly answers?: Readonly<Record<string, string>>;
  /** Offers accounts. */
  readonly auth?: boolean;
  /** The greeting never ends. */
  readonly endless?: boolean;
}

const PIECE = `220-${'x'.repeat(4000)}\r\n`;

/** The least that takes a mail, on this machine, unencrypted. */
export class SmtpReceiver {
  readonly commands: string[] = [];
  readonly mails: string[] = [];
  /** Characters that an endless greeting got rid of. */
  sent = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];

  private constructor(private readonly script: SmtpScript) {
    this.server = createServer((socket) => this.serve(socket));
  }

  static async open(script: SmtpScript = {}): Promise<SmtpReceiver> {
    const receiver = new SmtpReceiver(script);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves when somebody is connected. */
  async connected(): Promise<void> {
    if (this.sockets.size === 0) await new Promise<void>((there) => this.waiting.push(there));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    const { greeting = '220 test ESMTP', endless = false } = this.script;
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
    if (endless) this.pour(socket);
    else if (greeting !== null) socket.write(`${greeting}\r\n`);
    let text = '';
    let inMail = false;
    socket.on('data', (more: string) => {
      text += more;
      for (let end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n'); end >= 0; end = text.indexOf(inMail ? '\r\n.\r\n' : '\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + (inMail ? 5 : 2));
        if (inMail) this.mails.push(line);
        else this.commands.push(line);
        const answer = inMail ? (this.script.answers?.['.'] ?? '250 taken') : this.answerTo(line);
        inMail = answer.startsWith('354');
        socket.write(`${answer}\r\n`);
        if (line === 'QUIT') socket.end();
      }
    });
    for (const there of this.waiting.splice(0)) there();
  }

  private answerTo(line: string): string {
    const word = line.split(' ', 1)[0].toUpperCase();
    const given = this.script.answers?.[word];
    if (given !== undefined) return given;
    if (word === 'EHLO') return this.script.auth === true ? '250-test\r\n250 AUTH PLAIN' : '250 test';
    if (word === 'AUTH') return '235 welcome';
    if (word === 'DATA') return '354 go on';
    if (word === 'QUIT') return '221 bye';
    return ['MAIL', 'RCPT', 'RSET', 'NOOP'].includes(word) ? '250 ok' : '502 not here';
  }

  private pour(socket: Socket): void {
    while (!socket.destroyed) {
      this.sent += PIECE.length;
      if (!socket.write(PIECE)) {
        socket.once('drain', () => this.pour(socket));
        return;
      }
    }
  }
}

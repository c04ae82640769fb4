import type { Transporter } from 'nodemailer';

import { isLoopbackHost } from '../config/notification-secrets.js';
import type { MailSecurity } from '../config/notifications-config.js';
import { redact } from '../domain/redact.js';
import type { Secret } from '../domain/secret.js';
import { Channel, failed, type Delivery } from './channel.js';
import { mailOf } from './formats.js';
import type { Notice } from './notice.js';

export interface MailChannelParts {
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  readonly user: string | null;
  readonly password: Secret | null;
  readonly from: string;
  readonly to: string;
  /** A server on this very machine may be spoken to without encryption. */
  readonly allowLoopback: boolean;
  /** ms after which a silent server is given up, if nobody else does so before. */
  readonly timeoutMs: number;
}

const MOST_BYTES = 16_384;
const MOST_OF_A_REASON = 160;

/** Sends mail. The library is loaded with the first one; nothing of the account is kept by it between two. */
export class MailChannel extends Channel {
  readonly name = 'mail';

  constructor(private readonly parts: MailChannelParts) {
    super();
  }

  async deliver(notice: Notice, signal: AbortSignal): Promise<Delivery> {
    const { from, to } = this.parts;
    const { subject, text } = mailOf(notice);
    const transport = await this.open();
    try {
      await transport.sendMail({ from, to, subject, text, signal });
      return { kind: 'delivered' };
    } catch (error) {
      return signal.aborted ? failed('no answer in time', { retry: true }) : refusalOf(error);
    } finally {
      transport.close();
    }
  }

  private async open(): Promise<Transporter> {
    const { host, port, security, user, password, allowLoopback, timeoutMs } = this.parts;
    const { createTransport } = await import('nodemailer');
    const plain = allowLoopback && isLoopbackHost(host);
    return createTransport({
      host,
      port,
      secure: security === 'tls' && !plain,
      requireTLS: !plain,
      ignoreTLS: plain,
      auth: user === null || password === null ? undefined : { user, pass: password.reveal() },
      tls: { minVersion: 'TLSv1.2' },
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      maxResponseSize: MOST_BYTES,
      // A message is what we made of it, never a file or an address that a text names.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }
}

/** A server that says 4xx may take it later; one that says 5xx, or does not know us, will not. */
function refusalOf(error: unknown): Delivery {
  const { responseCode, code, response } = error as { responseCode?: unknown; code?: unknown; response?: unknown };
  const answered = typeof responseCode === 'number' ? responseCode : null;
  const name = typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? code : 'the connection failed';
  const words = typeof response === 'string' ? `: ${redact(response).replace(/[^!-~]+/g, ' ').slice(0, MOST_OF_A_REASON)}` : '';
  if (name === 'EAUTH' || name === 'ENOAUTH') return failed(`the account was refused${words}`, { retry: false });
  if (answered !== null) return failed(`the mail server answered ${answered}${words}`, { retry: answered < 500 });
  return failed(`the mail server was not reached (${name})`, { retry: true });
}

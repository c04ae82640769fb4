import { isIP } from 'node:net';

import { FlagField, IntegerField, TextField } from '../schema/fields.js';

/** Health and metrics for whoever watches the service. It shows and never acts. */
export class HttpConfig {
  @FlagField({ doc: 'Answer GET /health and GET /metrics.' })
  enabled = false;

  @TextField({ doc: 'IP address that is listened on. Any but the loopback one needs HTTP_TOKEN in the environment.', accepts: (text) => isIP(text) !== 0, expected: 'an IP address, e.g. 127.0.0.1 or 0.0.0.0' })
  host = '127.0.0.1';

  @IntegerField({ doc: 'Port that is listened on.', min: 1, max: 65_535 })
  port = 9464;

  @TextField({ doc: 'Name by which the service is asked besides IP addresses and localhost, e.g. bot in a container network.', optional: true, pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, expected: 'a host name without a port, e.g. bot' })
  name?: string;
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from '../base/wire.js';
import type { ControlCommand } from '../control/command.js';
import { controlListener } from './control-server.js';
import { DataServer } from './data-server.js';

export interface Servers {
  /** Origin of the API. */
  baseUrl: string;
  /** Origin of the control commands. */
  controlUrl: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts the API and the control plane, each on a port of its own. */
export async function startServers(
  handler: RequestHandler,
  control: (command: ControlCommand) => unknown,
  port: number,
): Promise<Servers> {
  const data = new DataServer(handler, HOST);
  const dataPort = await data.listen(port);
  const commands = createServer(controlListener(control));
  const controlPort = await listen(commands);
  return {
    baseUrl: `http://${HOST}:${dataPort}`,
    controlUrl: `http://${HOST}:${controlPort}`,
    close: async () => {
      await Promise.all([data.close(), close(commands)]);
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { HEARTBEAT_FILE, judgeHeartbeat } from './bot/heartbeat.js';

/** Where the service keeps its heartbeat, by the environment and the settings file alone: a container looks often, and this must be quick. */
function dataDir(): string {
  const { BOT_DATA_DIR: given = '', BOT_CONFIG: file = '' } = process.env;
  if (given !== '') return given;
  try {
    const settings = JSON.parse(readFileSync(file === '' ? 'settings/config.json' : file, 'utf8')) as { storage?: { data_dir?: unknown } };
    if (typeof settings.storage?.data_dir === 'string') return settings.storage.data_dir;
  } catch {
    // No settings that can be read: the service runs with what it finds by itself.
  }
  return 'data';
}

function heartbeat(): string | null {
  try {
    return readFileSync(join(dataDir(), HEARTBEAT_FILE), 'utf8');
  } catch {
    return null;
  }
}

const { healthy, words } = judgeHeartbeat(heartbeat(), Date.now());
process.stdout.write(`${healthy ? 'healthy' : 'not healthy'}: ${words}\n`);
process.exitCode = healthy ? 0 : 1;

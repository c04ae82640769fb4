import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isTimeframe, type Timeframe } from '../domain/timeframe.js';

/** A candle file in a folder, by its name. */
export interface StoredFile {
  readonly path: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Every `{BASE}_{QUOTE}_{TIMEFRAME}.csv` or `.csv.gz` of a folder, by name; none when there is no such folder. */
export function listCandleFiles(dir: string): StoredFile[] {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch {
    return [];
  }
  return names.sort().flatMap((name) => {
    const match = /^([A-Z0-9]+)_([A-Z0-9]+)_([0-9]+[a-z])\.csv(\.gz)?$/.exec(name);
    if (match === null || !isTimeframe(match[3])) return [];
    return [{ path: join(dir, name), symbol: `${match[1]}/${match[2]}`, timeframe: match[3] }];
  });
}

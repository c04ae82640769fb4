import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ConfigError } from '../domain/errors.js';
import { knownSecrets } from '../domain/redact.js';
import { replaceFile } from '../files/atomic-write.js';
import { reportPage } from '../report/html/page.js';
import type { PageAssets, PageModel } from '../report/html/page-model.js';

/** Writes the page, and puts it in place as a whole. @throws StorageError */
export function writePage(path: string, model: PageModel): void {
  replaceFile(path, [knownSecrets.redactKnown(reportPage(model, pageAssets()))]);
}

/**
 * Where a page goes.
 *
 * @param given what `--html` was given: a file, or nothing
 * @param beside the file whose page it is; null where nothing was saved
 * @throws ConfigError for a file that is no page: what stands there is replaced
 */
export function pagePath(given: unknown, beside: string | null): string {
  if (typeof given === 'string') {
    if (/\.html?$/i.test(given)) return given;
    throw new ConfigError([{ path: '--html', message: `must name a file that ends in .html, was "${given}"` }], 'Nothing was written');
  }
  if (beside === null) throw new ConfigError([{ path: '--html', message: 'needs the name of a file together with --no-save: there is no result for it to stand beside' }], 'Nothing was written');
  return beside.replace(/(\.json)?$/, '.html');
}

/** The chart library comes from its package; script and style lie beside the code that needs them. */
export function pageAssets(): PageAssets {
  const library = dirname(createRequire(import.meta.url).resolve('lightweight-charts/package.json'));
  const client = fileURLToPath(new URL('../report/html/client/', import.meta.url));
  return {
    chartLibrary: readFileSync(join(library, 'dist', 'lightweight-charts.standalone.production.js'), 'utf8'),
    // Numbered: each part hands what it knows to the ones after it.
    script: readdirSync(client).filter((name) => name.endsWith('.js')).sort().map((name) => readFileSync(join(client, name), 'utf8')).join('\n'),
    style: readFileSync(join(client, 'report.css'), 'utf8'),
  };
}

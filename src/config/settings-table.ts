import { SETTINGS, type Setting } from './settings.js';

/** Every setting as a table for people: path, variable, default, meaning and what is allowed. */
export function settingsTable(): string {
  const rows = SETTINGS.map((setting) => `| \`${setting.path}\` | \`${setting.variable}\` | ${fallbackText(setting)} | ${cell(meaning(setting))} |`);
  return ['| setting | variable | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function fallbackText({ fallback }: Setting): string {
  if (fallback === undefined) return '';
  return cell(`\`${typeof fallback === 'string' ? fallback : JSON.stringify(fallback)}\``);
}

/** What is allowed is said by the texts themselves where it is a text. */
function meaning({ spec }: Setting): string {
  return ['choice', 'integer', 'number'].includes(spec.kind) ? `${spec.doc} (${spec.expected})` : spec.doc;
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** Markup that is finished: every text in it was escaped when it was put there. */
export class Html {
  constructor(readonly markup: string) {}
}

export type HtmlValue = Html | string | number | null | readonly HtmlValue[];

/**
 * Markup with values in it. Texts and numbers are escaped, markup is taken as it is, lists are joined, null leaves nothing; so what comes
 * from outside cannot become markup, whoever forgets what.
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.map((text, i) => (i < values.length ? text + markupOf(values[i]) : text)).join(''));
}

/** Good between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A document for a data block: no `</script>`, no `<!--`, and nothing that a browser takes for the end of a line of code. */
export function jsonForScript(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

function markupOf(value: HtmlValue): string {
  if (value === null) return '';
  if (value instanceof Html) return value.markup;
  return typeof value === 'object' ? value.map(markupOf).join('') : escapeHtml(String(value));
}

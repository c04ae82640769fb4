const COLOUR_CODES = /\p{Cc}\[\d+m/gu;
const PRINTABLE_ASCII = /^[ -~]*$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
const COMBINING = /^[\p{Mn}\p{Me}]$/u;
const WIDE =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])$/u;
const BREAKS = /(?<![×→]) +(?![%×→]|\d\d:\d\d)/;
/** Asks for the picture form of the character before it, which is one column wider. */
const PICTURE_FORM = '\ufe0f';

/** Columns that a text takes in a terminal: colour codes take none, Chinese characters and emoji two. Never too few. */
export function columnsOf(text: string): number {
  const bare = text.replace(COLOUR_CODES, '');
  if (PRINTABLE_ASCII.test(bare)) return bare.length;
  let columns = 0;
  for (const character of bare) columns += columnsOfOne(character);
  return columns;
}

/** Text from outside on one line: without line breaks, escape codes and marks that turn the direction of writing. */
export function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, ' ').trim();
}

/** Cut to `width` columns, the last of them "…" where something was lost; what is cut loses its colour. */
export function shorten(text: string, width: number): string {
  return columnsOf(text) <= width ? text : `${pieces(text.replace(COLOUR_CODES, ''), Math.max(1, width - 1))[0]}…`;
}

export function padRight(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

export function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - columnsOf(text))) + text;
}

/**
 * Lines of at most `width` columns, broken between words; `12.4 %`, `a × b`, `a → b` and `2024-01-01 12:30` are one word. A word
 * that is longer than a line is cut.
 *
 * @param text may hold colour codes, in words shorter than a line only
 * @param first starts the first line; the others are indented as far
 */
export function wrap(text: string, width: number, first = ''): string[] {
  const indent = columnsOf(first);
  const words = text.split(BREAKS).filter((word) => word !== '');
  return flow(words, ' ', width - indent).map((line, i) => (i === 0 ? first : ' '.repeat(indent)) + line);
}

/** Lines of at most `width` columns that break only between items, where the separator is left out; a longer item is cut. */
export function flow(items: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const piece of items.flatMap((item) => pieces(item, width))) {
    const longer = `${lines.at(-1)}${separator}${piece}`;
    if (lines.length > 0 && columnsOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

function pieces(text: string, width: number): string[] {
  if (columnsOf(text) <= width) return [text];
  const cut: string[] = [];
  let piece = '';
  let columns = 0;
  for (const character of text) {
    const more = columnsOfOne(character);
    if (columns + more > width) {
      cut.push(piece);
      [piece, columns] = ['', 0];
    }
    piece += character;
    columns += more;
  }
  return [...cut, piece];
}

function columnsOfOne(character: string): number {
  if (character === PICTURE_FORM) return 1;
  if (COMBINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

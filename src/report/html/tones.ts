import type { Paint } from '../paint.js';
import { escapeHtml, Html } from './html.js';

/** Private characters that no text of ours has; they stand for the beginnings and the end of coloured text until it is markup. */
const GOOD = '\ue000';
const BAD = '\ue001';
const END = '\ue002';

/** Colours figures for a page as the terminal's paint does for a terminal. */
export const TONES: Paint = {
  heading: (text) => text,
  alarm: (text) => text,
  bad: (text) => `${BAD}${text}${END}`,
  bySign: (value, text) => {
    if (value === null || !Number.isFinite(value) || value === 0) return text;
    return `${value > 0 ? GOOD : BAD}${text}${END}`;
  },
};

export function toned(text: string): Html {
  const markup = escapeHtml(text).replaceAll(GOOD, '<span class="good">').replaceAll(BAD, '<span class="bad">').replaceAll(END, '</span>');
  return new Html(markup);
}

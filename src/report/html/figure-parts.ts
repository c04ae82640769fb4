import { html, type Html } from './html.js';
import type { Figure, FigureGroup } from './page-model.js';
import { toned } from './tones.js';

/** The few figures that everybody looks at first. */
export function tilesPart(tiles: readonly Figure[]): Html {
  return html`<dl class="tiles">${tiles.map((tile, i) => html`<div class="tile">${term(tile, `tile-${i}`)}<dd>${toned(tile.value)}</dd></div>`)}</dl>`;
}

export function figuresPart(groups: readonly FigureGroup[], footnote: string | null): Html {
  return html`<div class="figures">${groups.map(
    ({ title, figures }, g) => html`<div><h3>${title}</h3><dl>${figures.map((figure, i) => html`<div class="figure${figure.label.startsWith(' ') ? ' part' : ''}">${term(figure, `figure-${g}-${i}`)}<dd>${toned(figure.value)}</dd></div>`)}</dl></div>`,
  )}</div>${footnote === null ? null : html`<p class="note">${footnote}</p>`}`;
}

/** A label that says what it means when it is pointed at, touched or reached with the keyboard. */
function term({ label, meaning }: Figure, id: string): Html {
  const words = label.trim();
  if (meaning === null) return html`<dt>${words}</dt>`;
  return html`<dt><button type="button" class="term" aria-describedby="${id}">${words}</button><span role="tooltip" id="${id}">${meaning}</span></dt>`;
}

import { createHash } from 'node:crypto';

import { html, Html, jsonForScript } from './html.js';
import { figuresPart, tilesPart } from './figure-parts.js';
import { histogramPart } from './histogram-part.js';
import { monthPart } from './month-part.js';
import { monthlyReturns } from './monthly.js';
import { decimationNote, pageData } from './page-data.js';
import type { PageAssets, PageModel, Section } from './page-model.js';
import { rollingSharpe } from './rolling-sharpe.js';
import { timelineOf } from './timeline.js';
import { timeframeMs } from '../../domain/timeframe.js';

/** The whole page as one text: everything is in it, and nothing can be fetched from it. */
export function reportPage(model: PageModel, assets: PageAssets): string {
  const { firstMs, timeframe, bars } = model;
  const barMs = timeframeMs(timeframe);
  const timeline = timelineOf(firstMs, timeframe, bars);
  const [account] = model.curves;
  const sharpe = rollingSharpe(account.values, firstMs, barMs);
  const gains = model.trades.flatMap(({ gain }) => (gain === null ? [] : [gain]));
  const title = [model.kind, ...model.about].join(' · ');
  const sections: readonly (Section | null)[] = [
    { id: 'price', title: 'Price', body: pricePart(model, decimationNote(timeline)) },
    { id: 'equity', title: model.quote === '' ? 'Equity' : `Equity, ${model.quote}`, body: chart('equity-chart', `Equity over time: ${model.curves.map(({ name }) => name).join(', ')}`) },
    { id: 'falls', title: 'Drawdown', body: chart('falls-chart', 'How far the equity is below its highest point so far') },
    ...model.sections,
    { id: 'months', title: 'Monthly returns, %', body: monthPart(monthlyReturns(account.values, firstMs, barMs)) },
    { id: 'returns', title: 'Returns of trades', body: histogramPart(gains) },
    {
      id: 'sharpe',
      title: sharpe === null ? 'Rolling Sharpe' : `Rolling Sharpe, ${sharpe.window} days`,
      body: sharpe === null ? html`<p class="empty">Shown for bars of a day or less, from 90 days on.</p>` : chart('sharpe-chart', `Sharpe ratio of the last ${sharpe.window} days, annualised`),
    },
    { id: 'figures', title: 'Figures', body: figuresPart(model.groups, model.footnote) },
    { id: 'trades', title: 'Trades', body: tradesPart(model) },
    { id: 'assumptions', title: 'Assumptions', body: assumptionsPart(model) },
  ];
  const data = jsonForScript(pageData(model, timeline, sharpe));
  const body = html`<a class="skip" href="#main">Skip to the report</a>
<header class="bar"><p class="mark">trading-bot <span>${model.kind.toLowerCase()}</span></p><button type="button" id="theme" aria-label="Colours: Auto">Auto</button></header>
<main id="main">
${headPart(model)}
${tilesPart(model.tiles)}
<div class="sheet">${sections.flatMap((section) => (section === null ? [] : [sectionPart(section)]))}</div>
</main>
<footer><p>Times are UTC. Charts: <a href="https://www.tradingview.com/" rel="noopener noreferrer">TradingView</a> Lightweight Charts™, Copyright © TradingView, Inc., Apache License 2.0. This page fetches nothing.</p></footer>
<script type="application/json" id="data">${data}</script>`;
  return documentOf(title, body, assets);
}

/** Only the very scripts and the very style that are written here may run; nothing may be fetched, sent or framed. */
function documentOf(title: string, body: Html, { chartLibrary, script, style }: PageAssets): string {
  const [library, own] = [chartLibrary, script].map(inlineScript);
  const policy = `default-src 'none'; script-src ${hashOf(library)} ${hashOf(own)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${body}
<script>${new Html(library)}</script>
<script>${new Html(own)}</script>
</body>
</html>
`.markup;
}

/** A script of ours never ends its own element early. */
function inlineScript(code: string): string {
  return code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

function headPart({ kind, about, headline, facts, alarm, notices }: PageModel): Html {
  return html`<div class="head"><p class="eyebrow">${[kind, ...about].map((word) => html`<span>${word}</span>`)}</p>
<h1>${headline.replaceAll(' %', '\u00a0%')}</h1>
<p class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p></div>
${alarm === null ? null : html`<p class="alarm" role="note"><strong>${alarm}</strong></p>`}
${notices.length === 0 ? null : html`<section class="warnings" aria-labelledby="warnings"><h2 id="warnings">${notices.length === 1 ? 'One thing to know' : `${notices.length} things to know`}</h2><ul>${notices.map((notice) => html`<li>${notice}</li>`)}</ul></section>`}`;
}

function sectionPart({ id, title, body }: Section): Html {
  return html`<section class="card card-${id}" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>
`;
}

function pricePart({ price }: PageModel, note: string | null): Html {
  if (typeof price === 'string') return html`<p class="empty">${price}</p>`;
  return html`<div class="tools" role="group" aria-label="Range of all charts"><button type="button" data-days="0" aria-pressed="true">All</button><button type="button" data-days="365">Year</button><button type="button" data-days="90">90 days</button><button type="button" data-days="30">30 days</button><button type="button" data-days="7">Week</button><button type="button" id="log" aria-pressed="false">Log scale</button></div>
${chart('price-chart', 'Candles with entries and exits')}${note === null ? null : html`<p class="note">${note}</p>`}`;
}

/** An empty frame that the script fills; without scripts its words remain. */
function chart(id: string, label: string): Html {
  return html`<div class="legend" id="${id}-legend" aria-hidden="true"></div><div class="chart" id="${id}" tabindex="0" role="group" aria-roledescription="chart" aria-label="${label}. Arrow keys move, plus and minus zoom, 0 shows everything."><noscript>${label}: drawn by a script, which this browser does not run.</noscript></div>`;
}

function tradesPart({ trades, quote, base }: PageModel): Html {
  if (trades.length === 0) return html`<p class="empty">There were no trades.</p>`;
  const [money, coins] = [quote, base].map((unit) => (unit === '' ? '' : `, ${unit}`));
  const columns = [
    { key: 'number', name: '#' },
    { key: 'entry', name: 'Entry' },
    { key: 'entry_price', name: 'Price' },
    { key: 'exit', name: 'Exit' },
    { key: 'exit_price', name: 'Price' },
    { key: 'quantity', name: `Quantity${coins}` },
    { key: 'bars', name: 'Bars' },
    { key: 'fees', name: `Fees${money}` },
    { key: 'pnl', name: `Result${money}` },
    { key: 'gain', name: 'Return' },
    ...(trades.some(({ reason }) => reason !== null) ? [{ key: 'reason', name: 'Why it ended' }] : []),
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Trades, a table that may be wider than the screen"><table class="trades" id="trade-table"><thead><tr>${columns.map(({ key, name }) => html`<th scope="col" data-key="${key}"${key === 'number' ? new Html(' aria-sort="ascending"') : null}><button type="button">${name}</button></th>`)}</tr></thead><tbody></tbody></table></div>
<div class="pager" id="pager"><button type="button" data-step="-1">Previous</button><p aria-live="polite"></p><button type="button" data-step="1">Next</button></div>`;
}

function assumptionsPart({ assumptions, settings, origin }: PageModel): Html {
  return html`${assumptions.map((text) => html`<p>${text}</p>`)}<div class="columns"><div><h3>Parameters</h3>${list(settings)}</div><div><h3>Where it comes from</h3>${list(origin)}</div></div>`;
}

function list(rows: readonly { readonly name: string; readonly value: string }[]): Html {
  if (rows.length === 0) return html`<p class="empty">None.</p>`;
  return html`<dl class="rows">${rows.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

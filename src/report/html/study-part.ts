import type { BacktestResult } from '../../backtest/backtest-result.js';
import type { Sensitivity } from '../../backtest/engine/sensitivity.js';
import { luckOf } from '../../backtest/result-luck.js';
import type { TrialFamily } from '../../backtest/trial-ledger.js';
import { luckSentences } from '../luck-text.js';
import { exactPercent, signedPercent } from '../numbers.js';
import { bpsText, breakEvenSentence, FILL_TITLES, TABLES_CAPTION } from '../sensitivity-text.js';
import { html, type Html } from './html.js';
import type { Section } from './page-model.js';
import { TONES, toned } from './tones.js';

/** What may be known of a result besides itself. */
export interface Study {
  /** How often it was tried; left out where nobody has counted. */
  readonly tries?: TrialFamily | null;
  /** The same signals under other costs; left out where there are no candles to trade them on. */
  readonly sensitivity?: Sensitivity | null;
}

/** Luck and costs, in the words of the terminal's report. */
export function studySections(result: BacktestResult, { tries = null, sensitivity = null }: Study): Section[] {
  const sentences = luckSentences(luckOf(result, tries));
  return [
    ...(sentences.length === 0 ? [] : [{ id: 'luck', title: 'Luck', body: html`${sentences.map((sentence) => html`<p>${sentence}</p>`)}` }]),
    ...(sensitivity === null ? [] : [{ id: 'costs', title: 'Total return under other costs', body: costs(sensitivity) }]),
  ];
}

function costs(sensitivity: Sensitivity): Html {
  const sentence = html`<p>${breakEvenSentence(sensitivity)}</p>`;
  return sensitivity.breakEven.kind === 'no_trades' ? sentence : html`${sentence}<p class="note">${TABLES_CAPTION}</p>${sensitivity.tables.map((table) => tableOf(table, sensitivity))}`;
}

function tableOf({ fill, returns }: Sensitivity['tables'][number], { feeRates, slippagesBps }: Sensitivity): Html {
  const title = FILL_TITLES[fill] ?? fill;
  const head = html`<tr><th scope="col">Fee</th>${slippagesBps.map((bps) => html`<th scope="col">${bpsText(bps)}</th>`)}</tr>`;
  const rows = returns.map((row, r) => html`<tr><th scope="row">${exactPercent(feeRates[r])}</th>${row.map((value) => html`<td>${toned(TONES.bySign(value, signedPercent(value)))}</td>`)}</tr>`);
  return html`<h3 class="above">${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}: total return by fee and slippage, a table that may be wider than the screen"><table class="plain"><thead>${head}</thead><tbody>${rows}</tbody></table></div>`;
}

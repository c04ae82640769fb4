// The table of trades: sorted by any column, a page at a time, each row a way to its place on the chart.
((report) => {
  'use strict';
  const { candles, trades, grouped, orNothing, price, money, signedMoney, signedPercent, quantity, time } = report;
  const $ = (id) => document.getElementById(id);

  const PAGE = 25;
  const CELLS = { number: String, entry: time, entry_price: price, exit: orNothing(time), exit_price: price, quantity, bars: orNothing((bars) => grouped(bars, 0)), fees: money, pnl: signedMoney, gain: signedPercent, reason: orNothing(String) };

  const table = () => {
    const box = $('trade-table');
    if (box === null) return;
    const body = box.tBodies[0];
    const heads = [...box.tHead.rows[0].cells];
    const shown = heads.map((head) => head.dataset.key);
    const [back, words, on] = $('pager').children;
    let rows = [...trades];
    let page = 0;
    const cell = (trade, key) => {
      const made = document.createElement('td');
      if (key === 'number') {
        made.append(candles === null ? String(trade.number) : Object.assign(document.createElement('button'), { type: 'button', className: 'jump', textContent: trade.number, ariaLabel: `Trade ${trade.number}: show it on the chart` }));
        return made;
      }
      made.textContent = key === 'exit' && trade.exit === null ? 'open' : CELLS[key](trade[key]);
      made.className = key;
      if ((key === 'pnl' || key === 'gain') && trade[key] !== null && trade[key] !== 0) made.classList.add(trade[key] > 0 ? 'good' : 'bad');
      return made;
    };
    const draw = () => {
      const pages = Math.max(1, Math.ceil(rows.length / PAGE));
      page = Math.min(pages - 1, Math.max(0, page));
      body.replaceChildren(
        ...rows.slice(page * PAGE, (page + 1) * PAGE).map((trade) => {
          const row = document.createElement('tr');
          row.append(...shown.map((key) => cell(trade, key)));
          if (candles !== null) row.addEventListener('click', () => report.select(trade));
          return row;
        }),
      );
      words.textContent = `${grouped(page * PAGE + 1, 0)}–${grouped(Math.min(rows.length, (page + 1) * PAGE), 0)} of ${grouped(rows.length, 0)}`;
      [back.disabled, on.disabled] = [page === 0, page === pages - 1];
      $('pager').hidden = pages === 1;
    };
    const sortBy = (head) => {
      const { key } = head.dataset;
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      // What is not known yet stays at the end, whichever way the rest runs.
      rows = trades.toSorted((a, b) => {
        if (a[key] === null || b[key] === null) return Number(a[key] === null) - Number(b[key] === null);
        const order = typeof a[key] === 'string' ? a[key].localeCompare(b[key]) : a[key] - b[key];
        return (down ? -order : order) || a.number - b.number;
      });
      page = 0;
      draw();
    };
    for (const head of heads) head.firstElementChild.addEventListener('click', () => sortBy(head));
    for (const button of [back, on]) {
      button.addEventListener('click', () => {
        page += Number(button.dataset.step);
        draw();
      });
    }
    draw();
  };

  Object.assign(report, { table });
})((window.report ??= {}));

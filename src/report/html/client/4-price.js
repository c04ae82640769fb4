// Candles, indicators, stops, and every trade on them.
((report) => {
  'use strict';
  const { CandlestickSeries, LineStyle } = window.LightweightCharts;
  const { data, candles, trades, unpack, placeOf, grouped, orNothing, onScale, price, color, painted, chartIn, addLine, legend, pressed, still } = report;
  const INDICATORS = ['line-1', 'line-2', 'line-3', 'line-4'];

  const drawPrice = () => {
    const view = candles === null ? null : chartIn('price-chart', { format: onScale(data.price_digits) });
    if (view === null) return;
    const { chart } = view;
    const series = chart.addSeries(CandlestickSeries, { priceLineVisible: false, lastValueVisible: false, priceFormat: { type: 'custom', formatter: onScale(data.price_digits), minMove: 10 ** -data.price_digits } });
    series.setData(candles.times.map((at, i) => (candles.open[i] === null ? { time: at } : { time: at, open: candles.open[i], high: candles.high[i], low: candles.low[i], close: candles.close[i] })));
    painted(() => series.applyOptions({ upColor: color('candle-up'), downColor: color('candle-down'), borderUpColor: color('candle-line'), borderDownColor: color('candle-line'), wickUpColor: color('candle-line'), wickDownColor: color('candle-line') }));

    const over = data.indicators.map(({ name, own_scale: own, values }, i) => {
      const column = unpack(values);
      const points = candles.times.map((at, k) => (column[k] === null ? { time: at } : { time: at, value: column[k] }));
      const added = addLine(view, name, points, { lineWidth: 1.5, ...(own ? { priceScaleId: `own-${i}` } : {}) }, INDICATORS[i % INDICATORS.length]);
      if (own) added.series.priceScale().applyOptions({ scaleMargins: { top: 0.78, bottom: 0.02 }, visible: false });
      return { ...added, form: own ? orNothing((value) => grouped(value, 2)) : price };
    });
    if (data.indicators.some(({ own_scale: own }) => own)) series.priceScale().applyOptions({ scaleMargins: { top: 0.08, bottom: 0.26 } });
    if (data.trades.stop !== null) over.push({ ...addLine(view, 'stop', stops(), { lineStyle: LineStyle.Dashed, lineWidth: 1.5 }, 'bad'), form: price });

    const last = candles.close.findLastIndex((close) => close !== null);
    legend(view, over, price, (values) => {
      const bar = values?.get(series) ?? (values === null && last >= 0 ? { open: candles.open[last], high: candles.high[last], low: candles.low[last], close: candles.close[last] } : null);
      return bar?.close === undefined || bar === null ? [] : [`O ${price(bar.open)}`, `H ${price(bar.high)}`, `L ${price(bar.low)}`, `C ${price(bar.close)}`];
    });
    marksOn(view, series);
  };

  /** One line with a hole between two trades. */
  const stops = () => {
    const level = new Map();
    for (const { entry, exit, stop } of trades) {
      if (stop === null) continue;
      const to = exit === null ? candles.times.length - 1 : placeOf(candles.times, exit);
      for (let i = placeOf(candles.times, entry); i <= to; i++) level.set(i, stop);
    }
    return candles.times.map((at, i) => (level.has(i) ? { time: at, value: level.get(i) } : { time: at }));
  };

  /**
   * Every trade as a line from its entry to its exit, at the prices that were paid. Where there are too many to be told apart they become
   * ticks along the lower edge: all of them are there, and none hides the candles.
   */
  const marksOn = ({ chart, box }, series) => {
    const at = (seconds) => placeOf(candles.times, seconds - data.mark_lag);
    const marks = trades.map((trade) => ({ trade, from: at(trade.entry), to: trade.exit_price === null ? null : at(trade.exit) }));
    let chosen = null;
    let lines = [];
    const toneOf = ({ pnl }) => (pnl === null ? 'accent' : pnl > 0 ? 'good' : 'bad');
    const triangle = (context, x, y, up, size) => {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(x - size, y + (up ? size * 1.7 : -size * 1.7));
      context.lineTo(x + size, y + (up ? size * 1.7 : -size * 1.7));
      context.closePath();
      context.fill();
      context.stroke();
    };
    const ticks = (context, { width, height }, scale, shown, colors) => {
      // Where several fall on one column of the screen, the darker column is the busier one.
      context.globalAlpha = Math.min(1, Math.max(0.12, width / shown.length));
      for (const { trade, from, to } of shown) {
        context.fillStyle = colors.accent;
        context.fillRect(scale.logicalToCoordinate(from) - 0.5, height - 9, 1, 7);
        if (to === null) continue;
        context.fillStyle = colors[toneOf(trade)];
        context.fillRect(scale.logicalToCoordinate(to) - 0.5, height - 18, 1, 7);
      }
      context.globalAlpha = 1;
    };
    const paths = (context, scale, shown, colors) => {
      for (const mark of shown) {
        const { trade, from, to } = mark;
        const strong = trade === chosen;
        const [x, y] = [scale.logicalToCoordinate(from), series.priceToCoordinate(trade.entry_price)];
        context.lineWidth = strong ? 2.5 : 1.5;
        context.strokeStyle = colors[toneOf(trade)];
        const [x2, y2] = to === null ? [null, null] : [scale.logicalToCoordinate(to), series.priceToCoordinate(trade.exit_price)];
        if (to !== null) {
          context.beginPath();
          context.moveTo(x, y);
          context.lineTo(x2, y2);
          context.stroke();
        }
        [context.lineWidth, context.strokeStyle] = [1, colors.card];
        context.fillStyle = colors.accent;
        triangle(context, x, y + 2, true, strong ? 7 : 5);
        if (to === null) continue;
        context.fillStyle = colors[toneOf(trade)];
        triangle(context, x2, y2 - 2, false, strong ? 7 : 5);
      }
    };
    const renderer = {
      draw: (target) =>
        target.useMediaCoordinateSpace(({ context, mediaSize }) => {
          const scale = chart.timeScale();
          const range = scale.getVisibleLogicalRange();
          if (range === null) return;
          const shown = marks.filter(({ from, to }) => (to ?? Infinity) >= range.from && from <= range.to);
          const colors = Object.fromEntries(['accent', 'good', 'bad', 'card'].map((name) => [name, color(name)]));
          if (shown.length > mediaSize.width / 14) ticks(context, mediaSize, scale, shown, colors);
          else paths(context, scale, shown, colors);
          if (shown.length > mediaSize.width / 14 && chosen !== null) paths(context, scale, shown.filter(({ trade }) => trade === chosen), colors);
        }),
    };
    const layer = { zOrder: () => 'top', renderer: () => renderer };
    let redraw = () => {};
    series.attachPrimitive({ paneViews: () => [layer], attached: ({ requestUpdate }) => (redraw = requestUpdate) });
    painted(() => redraw());
    report.select = (trade) => {
      chosen = trade;
      pressed(null);
      for (const old of lines) series.removePriceLine(old);
      lines = [['entry', trade.entry_price], ['exit', trade.exit_price], ['stop', trade.stop]]
        .filter(([, level]) => level !== null)
        .map(([title, level]) => series.createPriceLine({ price: level, title, color: color(title === 'stop' ? 'bad' : 'muted'), lineStyle: LineStyle.Dotted, lineWidth: 1, axisLabelVisible: true }));
      const [from, to] = [at(trade.entry), trade.exit === null ? candles.times.length - 1 : at(trade.exit)];
      const room = Math.max(20, Math.round((to - from) * 0.6));
      chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, from - room), to: Math.min(candles.times.length - 1, to + room) });
      redraw();
      box.closest('section').scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
      box.focus({ preventScroll: true });
    };
  };

  Object.assign(report, { drawPrice });
})((window.report ??= {}));

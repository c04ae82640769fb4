// Charts that show the same stretch of time, with a legend, keys and buttons.
((report) => {
  'use strict';
  const { createChart, LineSeries, ColorType, CrosshairMode, PriceScaleMode } = window.LightweightCharts;
  const { data, candles, time, color, painted } = report;
  const $ = (id) => document.getElementById(id);

  const charts = [];
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

  const chartIn = (id, { format }) => {
    const box = $(id);
    if (box === null) return null;
    const chart = createChart(box, {
      autoSize: true,
      // The line at the foot of the page says whose charts these are; the logo would bring a style of its own, which the page forbids.
      layout: { attributionLogo: false },
      crosshair: { mode: CrosshairMode.Normal },
      rightPriceScale: { borderVisible: false, minimumWidth: 74, scaleMargins: { top: 0.08, bottom: 0.06 } },
      timeScale: { borderVisible: false, timeVisible: data.bar_seconds < 86_400, secondsVisible: false, minBarSpacing: 0.01, fixLeftEdge: true, fixRightEdge: true },
      kineticScroll: { touch: !still, mouse: false },
      handleScroll: { vertTouchDrag: false },
      handleScale: { mouseWheel: false },
      localization: { priceFormatter: format, timeFormatter: time, locale: 'en-GB' },
    });
    painted(() =>
      chart.applyOptions({
        layout: { background: { type: ColorType.Solid, color: 'transparent' }, textColor: color('muted'), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 11 },
        grid: { vertLines: { visible: false }, horzLines: { color: color('grid') } },
        crosshair: { vertLine: { color: color('muted'), labelBackgroundColor: color('ink') }, horzLine: { color: color('muted'), labelBackgroundColor: color('ink') } },
      }),
    );
    const entry = { id, chart, box, legend: $(`${id}-legend`) };
    charts.push(entry);
    wheelWithKey(entry);
    keys(entry);
    return entry;
  };

  const addLine = ({ chart }, name, points, options, paint) => {
    const series = chart.addSeries(LineSeries, { lineWidth: 2, priceLineVisible: false, lastValueVisible: false, crosshairMarkerRadius: 3, ...options });
    series.setData(points);
    painted(() => series.applyOptions({ color: color(paint) }));
    return { series, name, paint, last: points.findLast((point) => point.value !== undefined)?.value ?? null };
  };

  /** Names, colours and the values under the cross hair, or the last ones. */
  const legend = ({ chart, legend: box }, lines, format, extra = () => []) => {
    const show = (values) => {
      box.replaceChildren(
        ...extra(values).map((text) => Object.assign(document.createElement('span'), { textContent: text })),
        ...lines.map(({ series, name, paint, last, form = format }) => {
          const item = document.createElement('span');
          const key = Object.assign(document.createElement('i'), { className: `key key-${paint}` });
          const point = values?.get(series);
          item.append(key, `${name} `, Object.assign(document.createElement('b'), { textContent: form(point === undefined ? (values ? null : last) : (point.value ?? null)) }));
          return item;
        }),
      );
    };
    show(null);
    chart.subscribeCrosshairMove(({ time: at, seriesData }) => show(at === undefined ? null : seriesData));
  };

  // All charts show the same stretch of time, and the same moment under the cross hair.
  let following = false;
  const showRange = (range, except) => {
    following = true;
    for (const { chart } of charts) if (chart !== except) chart.timeScale().setVisibleRange(range);
    requestAnimationFrame(() => (following = false));
  };
  const follow = () => {
    for (const { chart } of charts) {
      chart.timeScale().subscribeVisibleTimeRangeChange((range) => {
        if (!following && range !== null) showRange(range, chart);
      });
    }
  };
  const pressed = (chosen) => {
    for (const button of document.querySelectorAll('[data-days]')) button.setAttribute('aria-pressed', String(button.dataset.days === chosen));
  };
  const everything = () => {
    pressed('0');
    following = true;
    for (const { chart } of charts) chart.timeScale().fitContent();
    requestAnimationFrame(() => (following = false));
  };

  /** The wheel scrolls the page, as everywhere; with Ctrl or ⌘ it zooms. */
  const wheelWithKey = ({ chart, box }) => {
    box.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(chart, event.deltaY > 0 ? 1.25 : 0.8);
    }, { passive: false });
  };
  const zoom = (chart, factor) => {
    const range = chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const middle = (range.from + range.to) / 2;
    const half = Math.max(4, ((range.to - range.from) / 2) * factor);
    chart.timeScale().setVisibleLogicalRange({ from: middle - half, to: middle + half });
  };
  const pan = (chart, share) => {
    const range = chart.timeScale().getVisibleLogicalRange();
    if (range === null) return;
    const by = (range.to - range.from) * share;
    chart.timeScale().setVisibleLogicalRange({ from: range.from + by, to: range.to + by });
  };
  const keys = ({ chart, box }) => {
    const actions = { ArrowLeft: () => pan(chart, -0.2), ArrowRight: () => pan(chart, 0.2), '+': () => zoom(chart, 0.7), '=': () => zoom(chart, 0.7), '-': () => zoom(chart, 1.4), 0: everything };
    box.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || actions[event.key] === undefined) return;
      event.preventDefault();
      pressed(null);
      actions[event.key]();
    });
  };

  const rangeButtons = () => {
    const buttons = [...document.querySelectorAll('[data-days]')];
    if (buttons.length === 0 || candles === null) return;
    const [first, last] = [candles.times[0], candles.times.at(-1)];
    for (const button of buttons) {
      const days = Number(button.dataset.days);
      if (days > 0 && days * 86_400 >= last - first) button.remove();
      button.addEventListener('click', () => {
        if (days === 0) return everything();
        showRange({ from: last - days * 86_400, to: last }, null);
        pressed(button.dataset.days);
      });
    }
  };

  /** Seven years of growth are seen on a scale of ratios only. */
  const logButton = () => {
    const button = $('log');
    if (button === null) return;
    button.addEventListener('click', () => {
      const on = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(on));
      for (const { id, chart } of charts) {
        if (id === 'price-chart' || id === 'equity-chart') chart.priceScale('right').applyOptions({ mode: on ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal });
      }
    });
  };

  Object.assign(report, { chartIn, addLine, legend, follow, everything, pressed, rangeButtons, logButton, still });
})((window.report ??= {}));

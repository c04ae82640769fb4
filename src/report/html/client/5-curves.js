// The account over time: its worth, its falls, its ratio.
((report) => {
  'use strict';
  const { AreaSeries, LineStyle } = window.LightweightCharts;
  const { data, line, grouped, orNothing, onScale, money, percent, color, painted, chartIn, addLine, legend } = report;
  const CURVES = ['accent', 'hold', 'third'];

  const drawEquity = () => {
    const view = chartIn('equity-chart', { format: onScale(data.money_digits) });
    if (view === null) return;
    const lines = data.curves.map((curve, i) => addLine(view, curve.name, line(curve), { lineWidth: i === 0 ? 2 : 1.5 }, CURVES[i % CURVES.length])).toReversed();
    // Drawn last, the account lies on top; in the legend it comes first.
    lines.at(-1).series.setSeriesOrder?.(lines.length - 1);
    legend(view, lines.toReversed(), money);
  };

  const drawFalls = () => {
    const view = chartIn('falls-chart', { format: percent });
    if (view === null) return;
    const series = view.chart.addSeries(AreaSeries, { lineWidth: 1.5, invertFilledArea: true, priceLineVisible: false, lastValueVisible: false, priceFormat: { type: 'custom', formatter: percent, minMove: 0.0001 } });
    const points = line(data.falls);
    series.setData(points);
    painted(() => series.applyOptions({ lineColor: color('bad'), topColor: color('bad-veil'), bottomColor: color('bad-veil') }));
    legend(view, [{ series, name: data.falls.name, paint: 'bad', last: points.at(-1).value }], percent);
  };

  const drawSharpe = () => {
    const view = data.sharpe === null ? null : chartIn('sharpe-chart', { format: (value) => grouped(value, 2) });
    if (view === null) return;
    const added = addLine(view, data.sharpe.name, line(data.sharpe), {}, 'accent');
    const zero = added.series.createPriceLine({ price: 0, lineWidth: 1, lineStyle: LineStyle.Solid, axisLabelVisible: false, title: '' });
    painted(() => zero.applyOptions({ color: color('muted') }));
    legend(view, [added], orNothing((value) => grouped(value, 2)));
  };

  Object.assign(report, { drawEquity, drawFalls, drawSharpe });
})((window.report ??= {}));

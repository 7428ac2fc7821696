// A cost over what it may grow with: one line a curve, medians with the lowest and the highest round as a band.
import { axis, legend, PALETTE, title } from './style.mjs';

const HEIGHT = 380;

function gather(contenders, key) {
  const curves = new Map();
  for (const { title: words, curve, x, metrics } of contenders) {
    const points = curves.get(curve) ?? { name: words.replace(/, [\d,]+$/, ''), points: [] };
    points.points.push([x, metrics[key].median, metrics[key].lowest, metrics[key].highest]);
    curves.set(curve, points);
  }
  return [...curves.values()];
}

function series({ name, points }, index) {
  const shade = PALETTE[index];
  const line = (data, more) => ({ type: 'line', data, ...more });
  return [
    line(
      points.map(([x, median]) => [x, median]),
      { name, symbol: 'circle', symbolSize: 7, lineStyle: { width: 2.2, color: shade }, itemStyle: { color: shade } },
    ),
    ...[2, 3].map((column) =>
      line(
        points.map((point) => [point[0], point[column]]),
        { symbol: 'none', lineStyle: { width: 1, type: 'dotted', color: shade } },
      ),
    ),
  ];
}

export function curves({ title: words, metrics, curve, contenders }) {
  const each = metrics[curve.metric];
  const all = gather(contenders, curve.metric);
  return {
    height: HEIGHT,
    title: title(words),
    legend: legend(all.map(({ name }) => name)),
    grid: { left: 74, right: 30, top: 84, bottom: 54 },
    xAxis: axis(curve.axis, { type: 'log', min: 1 }),
    yAxis: axis(`${each.title} (${each.unit})`, { type: 'log', nameGap: 52 }),
    series: all.flatMap(series),
  };
}

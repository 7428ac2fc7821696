// How often which time was measured: one outline a contender, on a logarithmic axis, all rounds together.
import { axis, INK, legend, PALETTE, text, title } from './style.mjs';

const HEIGHT = 380;
const PERCENT = 100;

/** The corners of the outline: bins of which nothing was measured are at zero. */
function outline(bins, lowest) {
  const total = bins.reduce((sum, [, , count]) => sum + count, 0);
  const corners = [];
  let end;
  for (const [from, to, count] of bins) {
    const left = Math.max(from, lowest);
    if (end !== undefined && left > end * 1.001) {
      corners.push([end, 0], [left, 0]);
    } else if (end === undefined) {
      corners.push([left, 0]);
    }
    const share = (count / total) * PERCENT;
    corners.push([left, share], [to, share]);
    end = to;
  }
  corners.push([end, 0]);
  return corners;
}

/** `what` was measured; `bound` is drawn as a line. */
export function histogram({ title: words, contenders }, { unit, what, bound }) {
  const shortest = Math.min(...contenders.map(({ histogram: bins }) => bins[0][0]));
  const lowest = 10 ** Math.floor(Math.log10(shortest));
  const markLine = {
    silent: true,
    symbol: 'none',
    lineStyle: { color: INK, type: 'dashed' },
    label: { ...text(12), formatter: `${bound} ${unit}`, position: 'end' },
    data: [{ xAxis: bound }],
  };
  return {
    height: HEIGHT,
    title: title(words),
    legend: legend(contenders.map((each) => each.title)),
    grid: { left: 62, right: 30, top: 84, bottom: 54 },
    xAxis: axis(unit, { type: 'log', min: lowest }),
    yAxis: axis(`% of all ${what}`, { type: 'value', nameGap: 40 }),
    series: contenders.map(({ title: name, histogram: bins }, i) => ({
      name,
      type: 'line',
      data: outline(bins, lowest),
      symbol: 'none',
      lineStyle: { width: 1.6, color: PALETTE[i] },
      itemStyle: { color: PALETTE[i] },
      areaStyle: { color: PALETTE[i], opacity: 0.2 },
      ...(bound !== undefined && i === 0 ? { markLine } : {}),
    })),
  };
}

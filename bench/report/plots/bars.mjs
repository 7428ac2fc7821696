// One bar a contender: the median of the rounds, and a line from the lowest round to the highest.
import { metric as format } from '../../harness/format.mjs';
import { axis, colour, INK, text, title } from './style.mjs';

const ROW = 34;
const FRAME = 100;
const CAP = 5;

/** From the lowest to the highest, as a line with caps. */
function whisker(params, api) {
  const row = api.value(2);
  const [[left, y], [right]] = [api.coord([api.value(0), row]), api.coord([api.value(1), row])];
  const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: INK, lineWidth: 1.4 } });
  return { type: 'group', children: [line(left, y, right, y), line(left, y - CAP, left, y + CAP), line(right, y - CAP, right, y + CAP)] };
}

/** `key` is the metric. */
export function bars({ title: words, metrics, contenders }, key) {
  const shown = contenders.filter((each) => each.metrics[key] !== undefined);
  const values = shown.map((each) => each.metrics[key]);
  const each = metrics[key];
  const hint = each.better === undefined ? '' : `, ${each.better} is better`;
  return {
    height: FRAME + ROW * shown.length,
    title: title(words),
    grid: { left: 12, right: 110, top: 44, bottom: 34, containLabel: true },
    xAxis: axis(`${each.title}${each.unit === '' ? '' : ` (${each.unit})`}${hint}`, { type: 'value', min: 0 }),
    yAxis: axis('', { type: 'category', inverse: true, data: shown.map((contender) => contender.title), splitLine: { show: false }, axisTick: { show: false }, axisLabel: { width: 330, overflow: 'break' } }),
    series: [
      {
        type: 'bar',
        barWidth: 18,
        data: values.map(({ median }, i) => ({ value: median, itemStyle: { color: colour(shown[i].baseline !== true) } })),
      },
      {
        type: 'custom',
        renderItem: whisker,
        data: values.map(({ lowest, highest }, i) => [lowest, highest, i]),
        encode: { x: [0, 1], y: 2 },
        z: 3,
      },
      // The figures stand right of bar and line.
      {
        type: 'scatter',
        symbolSize: 1,
        itemStyle: { color: 'transparent' },
        data: values.map(({ highest, median }, i) => ({ value: [Math.max(highest, median), i], label: { formatter: format(median, each) } })),
        label: { show: true, position: 'right', distance: 8, ...text(12) },
      },
    ],
  };
}

// Memory over the soak: the process, and what of it is Lua's.
import { axis, legend, PALETTE, title } from './style.mjs';

const HEIGHT = 340;
const MINUTE = 60;

export function overTime({ title: words, contenders: [{ series }] }) {
  const lines = [
    { name: 'resident memory of the process', column: 1, shade: PALETTE[0] },
    { name: "of it Lua's heap", column: 2, shade: PALETTE[1] },
  ];
  return {
    height: HEIGHT,
    title: title(words),
    legend: legend(lines.map(({ name }) => name)),
    grid: { left: 62, right: 30, top: 84, bottom: 54 },
    xAxis: axis('minutes', { type: 'value', min: 0 }),
    yAxis: axis('MB', { type: 'value', min: 0, nameGap: 40 }),
    series: lines.map(({ name, column, shade }) => ({
      name,
      type: 'line',
      symbol: 'none',
      data: series.map((row) => [Number((row[0] / MINUTE).toFixed(3)), row[column]]),
      lineStyle: { width: 1.8, color: shade },
      itemStyle: { color: shade },
    })),
  };
}

// From a chart's description to SVG text, without a browser.
import * as echarts from 'echarts';
import { WIDTH } from './style.mjs';

/** Names count on from picture to picture in one process; here they begin anew. */
function renumber(svg) {
  const names = new Map();
  return svg.replace(/\bzr\d+-[a-z]+-?\d+/g, (name) => {
    names.set(name, names.get(name) ?? `n${names.size}`);
    return names.get(name);
  });
}

/** The same description gives the same text: nothing in it depends on what else was drawn. */
export function render({ height, ...option }) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option });
    return `${renumber(chart.renderToSVGString())}\n`;
  } finally {
    chart.dispose();
  }
}

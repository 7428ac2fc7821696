// From a chart's description to SVG text, without a browser.
import * as echarts from 'echarts';
import { WIDTH } from './style.mjs';

/** The same description gives the same text, wherever it is rendered: nothing in it depends on what else was drawn. */
export function render({ height, ...option }) {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option });
    const svg = chart.renderToSVGString();
    // Names count on from picture to picture in one process; each picture has its own.
    return `${svg.replace(/\bzr\d+-/g, 'zr-')}\n`;
  } finally {
    chart.dispose();
  }
}

// Which picture shows which result best.
import { bars } from './plots/bars.mjs';
import { curves } from './plots/curves.mjs';
import { histogram } from './plots/histogram.mjs';
import { overTime } from './plots/over_time.mjs';
import { render } from './plots/render.mjs';

const BURST_BOUND_MS = 2.5;

const PICTURES = {
  'publish-call': (result) => bars(result, 'ns'),
  'publish-rate': (result) => bars(result, 'rate'),
  'receive-raw': (result) => bars(result, 'rate'),
  'receive-fanout': (result) => bars(result, 'rate'),
  'receive-typed': (result) => bars(result, 'rate'),
  latency: (result) => histogram(result, { unit: 'µs', what: 'messages' }),
  'latency-ticks': (result) => histogram(result, { unit: 'µs', what: 'messages' }),
  memory: (result) => bars(result, 'rss'),
  processor: (result) => bars(result, 'percent'),
  'empty-frame': (result) => bars(result, 'ns'),
  burst: (result) => histogram(result, { unit: 'ms', what: 'frames that delivered', bound: BURST_BOUND_MS }),
  soak: overTime,
};

/** The SVG text of a result. */
export function picture(result) {
  return render(result.curve === undefined ? PICTURES[result.name](result) : curves(result));
}

// All benchmarks, in the order in which they run.
import burst from './burst.mjs';
import emptyFrame from './empty_frame.mjs';
import latency from './latency.mjs';
import latencyTicks from './latency_ticks.mjs';
import memory from './memory.mjs';
import processor from './processor.mjs';
import publishCall from './publish_call.mjs';
import publishRate from './publish_rate.mjs';
import receiveFanout from './receive_fanout.mjs';
import receiveRaw from './receive_raw.mjs';
import receiveTyped from './receive_typed.mjs';
import scalingPatterns from './scaling_patterns.mjs';
import scalingPublish from './scaling_publish.mjs';
import scalingReceive from './scaling_receive.mjs';
import scalingSubscriptions from './scaling_subscriptions.mjs';
import soak from './soak.mjs';

export const benchmarks = [
  publishCall,
  publishRate,
  receiveRaw,
  receiveFanout,
  receiveTyped,
  latency,
  latencyTicks,
  memory,
  processor,
  emptyFrame,
  burst,
  scalingSubscriptions,
  scalingPublish,
  scalingReceive,
  scalingPatterns,
  // Last: it takes an hour.
  soak,
];

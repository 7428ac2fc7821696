// Typed events into a Lua callback: decoded and validated.
import { playerDeath } from '../harness/payloads.mjs';
import { ratio } from '../harness/targets.mjs';
import { hiredis, METRICS, ours } from '../harness/receivers.mjs';

const load = { channel: 'player:death', payload: playerDeath(), messages: 600_000 };

export default {
  number: 4,
  name: 'receive-typed',
  title: `Typed events of ${load.payload.length} bytes, delivered as decoded, validated tables`,
  about:
    `${load.messages.toLocaleString('en-US')} PlayerDeath events from the sender of the raw benchmark into a callback of realtime.On; the hiredis loop reads the same bytes and only counts them.`,
  metrics: METRICS,
  contenders: [
    { name: 'realtime', title: 'realtime.On', run: ours(load, 'event', 'PlayerDeath') },
    { name: 'hiredis', baseline: true, title: 'hiredis, subscriber loop', run: hiredis(load) },
  ],
  targets: [ratio({ metric: 'rate', baseline: 'hiredis', atLeast: 0.4, text: 'at least 0.4 of the hiredis loop' })],
};

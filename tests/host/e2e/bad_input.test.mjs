// Every public function with every kind of value in every position, on the shipped tree: see lua/bad_input.lua.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHost } from '../../support/host.mjs';

const NO_EVENTS = 9; // everyMessage in bad_input.lua

test('nothing crashes, nothing is half-sent', async (t) => {
  const run = await startHost(t, 'bad_input.lua', { settings: { REALTIME_BACKEND: 'memory' }, seconds: 45 }).ended;
  assert.equal(run.code, 0, run.output.slice(-4000));
  assert.deepEqual(run.all('broken').map((words) => words.join(' ')).slice(0, 8), []);
  const [calls, raised, refused, accepted] = run.last('calls').map(Number);
  t.diagnostic(`${calls} calls: ${raised} raised, ${refused} refused, ${accepted} accepted`);
  // What was accepted is what arrived, whole; what is no event was counted.
  const [arrived, sent, invalid] = run.last('places').map(Number);
  assert.deepEqual([arrived, invalid], [sent - NO_EVENTS, NO_EVENTS]);
  assert.ok(calls > 5000 && raised > 1000 && refused > 500 && accepted > 100);
  assert.equal(calls, raised + refused + accepted);
});

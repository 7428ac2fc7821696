// Callbacks may do anything: end themselves, raise, yield, reconnect, change the map. Only their own call is concerned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHost } from '../../support/host.mjs';

const KINDS = ['subscribe', 'pattern', 'on', 'publish', 'connect', 'state'];
const ACTIONS = [
  'returns',
  'unsubscribes-itself',
  'subscribes',
  'publishes',
  'raises',
  'yields',
  'processes',
  'disconnects',
  'connects-again',
  'refreshes',
];

test('each kind of callback does each thing, and changes the map', async (t) => {
  const run = startHost(t, 'callbacks.lua', { tickrate: 500 });
  await run.ended;
  assert.equal(run.code, 0, run.output);
  const pairs = run.all('pair');
  const expected = KINDS.flatMap((kind) => ACTIONS.map((action) => `${kind} ${action}`));
  assert.deepEqual(
    pairs.map(([kind, action]) => `${kind} ${action}`),
    expected,
  );
  for (const [kind, action, done, errorsAsExpected, calls] of pairs) {
    assert.equal(`${done} ${errorsAsExpected}`, 'true true', `${kind} ${action}: ${calls} calls\n${run.output}`);
    assert.ok(Number(calls) >= 1);
    if (kind === 'publish' || kind === 'connect') {
      assert.equal(calls, '1', `${kind} ${action} is answered once`);
    }
  }
  const [subscriptions, callbacks, references, invalidFrees] = run.last('left');
  assert.equal(subscriptions, '0');
  assert.equal(callbacks, '3', 'the handlers, and nothing else');
  assert.equal(references, run.last('began')[0]);
  assert.equal(invalidFrees, '0');
  const { stats } = run;
  assert.equal(stats.sent, stats.published + stats.failed + stats.unknown + stats.pending);
  assert.equal(stats.received, stats.delivered + stats.dropped + stats.queued);

  assert.deepEqual(
    run.all('change'),
    KINDS.map((kind) => [kind, 'true', 'true']),
  );
  assert.equal(run.output.match(/raised after the map change/g)?.length, KINDS.length, run.output);
});

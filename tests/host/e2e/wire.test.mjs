// What LuaJIT wrote, read by others: the official CloudEvents SDK accepts each event, and finds in it what was published.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CloudEvent, HTTP } from 'cloudevents';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';

const skip = !hasRedis() && 'redis-server is not installed';
const KEYS = ['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'data'];
const NAMES = 15;
const bytes = (hex) => Buffer.from(hex ?? '', 'hex');

test('the CloudEvents SDK reads every event', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const began = Date.now();
  const run = await startHost(t, 'wire.lua', { redis, seconds: 20 }).ended;
  assert.equal(run.code, 0, run.output);

  const texts = run.all('raw').filter(([channel]) => channel !== 'bytes').map(([, hex]) => new TextDecoder('utf-8', { fatal: true }).decode(bytes(hex)));
  assert.equal(texts.length, NAMES + 4);
  const events = texts.map((body) => {
    assert.deepEqual(Object.keys(JSON.parse(body)), KEYS, body);
    const event = HTTP.toEvent({ headers: { 'content-type': 'application/cloudevents+json' }, body });
    assert.ok(event instanceof CloudEvent && event.validate(), body);
    return event;
  });

  const [instance] = events[0].id.split('-');
  assert.match(instance, /^[0-9a-f]{16}$/);
  // Within a topic in order; those of another one may pass them by when a frame leaves some over.
  const chats = events.filter(({ type }) => type === 'gmod.chat.message');
  const kinds = events.filter(({ type }) => type === 'gmod.kinds');
  assert.deepEqual([...chats, ...kinds].map(({ id }) => id), events.map((_, index) => `${instance}-${index + 1}`));
  for (const { source, time, datacontenttype } of events) {
    assert.equal(source, '/gmod/27015');
    assert.equal(datacontenttype, 'application/json');
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Date.parse(time) >= began - 1000 && Date.parse(time) <= Date.now() + 1000, time);
  }

  // Raw messages are the names byte for byte; in the events what is no UTF-8 became U+FFFD, as the platform's decoder has it.
  const names = run.all('raw').filter(([channel]) => channel === 'bytes').map(([, hex]) => bytes(hex));
  assert.equal(names.length, NAMES);
  const decoded = names.map((name) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(name));
  assert.deepEqual(chats.map(({ data }) => data), decoded.map((name) => ({ player_name: name, message: name })));
  assert.ok(decoded.some((name) => name.includes('\uFFFD')) && decoded.some((name) => name.includes('\0')));
  const typed = run.all('typed');
  assert.equal(typed.length, NAMES);
  for (const [index, [id, player, message, timestamp]] of typed.entries()) {
    assert.equal(id, chats[index].id);
    const text = decoded[index];
    // An empty word disappears from a mark.
    if (text !== '') {
      assert.deepEqual([bytes(player).toString(), bytes(message).toString()], [text, text]);
      assert.equal(Number(timestamp) * 1000, Date.parse(chats[index].time));
    }
  }

  const rest = { steam: '76561198000000001', side: 'blue', place: { x: 1, y: -2.5, z: 0.1 }, list: [[], [1, 'a']], box: { x: 1 } };
  assert.deepEqual(kinds.map(({ data }) => data), [
    { integer: 0, number: 0.5, flag: false, ...rest },
    { integer: -1, number: -0.5, flag: true, ...rest },
    { integer: 2 ** 53 - 1, number: 2 ** 53, flag: false, ...rest },
    { integer: 1 - 2 ** 53, number: 2 - 2 ** 53, flag: true, ...rest },
  ]);
});

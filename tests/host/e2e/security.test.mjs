// The user that SECURITY.md proposes: its very line, against a real server.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readModel } from '../../../scripts/api/model.mjs';
import { root } from '../../../scripts/headless.mjs';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';
import { RespClient } from '../../support/resp.mjs';

const skip = !hasRedis() && 'redis-server is not installed';
const PASSWORD = 'CHANGE-THIS';
const line = /^ACL SETUSER .+$/m.exec(readFileSync(join(root, 'SECURITY.md'), 'utf8'))[0];

async function withUser(t) {
  const redis = await startRedis({ password: 'of-the-administrator' });
  t.after(() => redis.close());
  const admin = await RespClient.open(redis);
  t.after(() => admin.close());
  assert.equal(await admin.send(...line.split(' ')), 'OK');
  return redis;
}

test('with the rights of SECURITY.md everything works that the module does', { skip }, async (t) => {
  const redis = await withUser(t);
  const run = startHost(t, 'security.lua', { words: [redis.host, String(redis.port), 'gmod', PASSWORD] });
  await run.ended;
  assert.equal(run.code, 0, run.output);
  assert.deepEqual(run.last('heard'), ['1', '1']);
  assert.deepEqual(run.last('elsewhere'), ['false', 'NO_PERMISSION']);
  assert.equal(run.stats.connects, 1, 'the connection stays');
  assert.equal(run.stats.connectFailures, 0);
  assert.doesNotMatch(run.output, new RegExp(PASSWORD));
  assert.doesNotMatch(run.output, /\[Warn\]|\[Error\]/);
});

test('with them every event can be published and heard', { skip }, async (t) => {
  const redis = await withUser(t);
  const { events, gameEvents } = readModel();
  const channels = [...events, ...gameEvents].map(({ channel }) => channel);
  assert.ok(channels.includes('player:death') && channels.includes('npc:killed') && channels.includes('darkrp:wallet'));
  const words = [redis.host, String(redis.port), 'gmod', PASSWORD, ...channels];
  const run = startHost(t, 'security_channels.lua', { words, seconds: 10 });
  await run.ended;
  assert.deepEqual(run.all('published').flat().sort(), [...channels].sort(), run.output);
  assert.deepEqual(run.all('heard').flat().sort(), [...channels].sort(), run.output);
  assert.equal(run.code, 0, run.output);
  assert.doesNotMatch(run.output, /\[Warn\]|\[Error\]/);
});

test('and nothing else', { skip }, async (t) => {
  const redis = await withUser(t);
  const gmod = await RespClient.open({ host: redis.host, port: redis.port });
  t.after(() => gmod.close());
  assert.equal(await gmod.send('AUTH', 'gmod', PASSWORD), 'OK');
  for (const words of ['GET a', 'SET a 1', 'KEYS *', 'DEL a', 'FLUSHALL', 'CONFIG GET *', 'CLIENT LIST', 'CLIENT KILL TYPE normal', 'ACL LIST', 'INFO', 'MONITOR', 'SHUTDOWN', 'EVAL return 0', 'PUBLISH elsewhere:1 m', 'PUBSUB CHANNELS']) {
    await assert.rejects(gmod.send(...words.split(' ')), /NOPERM/, words);
  }
});

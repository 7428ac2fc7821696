// What differs between systems works on each: see lua/platform.lua.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { beforeAddons, startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';

const TEXT = 'zwölf-漢字';

test('the environment, a server by its name, unix sockets', { skip: !hasRedis() && 'redis-server is not installed' }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const run = await startHost(t, 'platform.lua', {
    prepare: beforeAddons('platform_before.lua'),
    settings: { ...redis.environment, REDIS_HOST: 'localhost', REALTIME_TEST_TEXT: TEXT, REALTIME_TEST_EMPTY: '', LC_ALL: 'C.UTF-8' },
  }).ended;
  assert.equal(run.code, 0, run.output);
  const os = platform.isWindows ? 'Windows' : 'Linux';
  assert.deepEqual(run.last('platform'), [platform.reported, os, platform.reported.endsWith('64') ? 'x64' : 'x86']);
  assert.deepEqual(run.last('environment'), [Buffer.from(TEXT).toString('hex'), 'true', 'nil']);
  const refused = 'false unixSocket does not work on Windows; set host and port instead';
  assert.equal(run.last('socket').join(' '), platform.isWindows ? refused : 'true nil');
  assert.deepEqual(run.last('received'), ['by-name']);
});

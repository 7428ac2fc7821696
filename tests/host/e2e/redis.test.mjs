// The shipped addon and module with a real server: order, completeness and bytes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { startHost } from '../../support/host.mjs';
import { hasRedis, startRedis } from '../../support/redis.mjs';
import { RespClient } from '../../support/resp.mjs';

const TOTAL = 10000;
const skip = !hasRedis() && 'redis-server is not installed';

/** What redis-cli prints to a pipe is raw: no quotes around, no escapes in it. */
function redisCli(redis, ...args) {
  return spawn('redis-cli', ['-h', redis.host, '-p', String(redis.port), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

/** Collects a stream; `until(text)` resolves once the bytes hold the text. */
function collect(stream) {
  let bytes = Buffer.alloc(0);
  const waiting = new Set();
  stream.on('data', (data) => {
    bytes = Buffer.concat([bytes, data]);
    for (const waiter of waiting) {
      if (bytes.includes(waiter.text)) {
        waiting.delete(waiter);
        waiter.resolve(bytes);
      }
    }
  });
  return {
    until: (text) =>
      bytes.includes(text) ? Promise.resolve(bytes) : new Promise((resolve) => waiting.add({ text, resolve })),
  };
}

test('10,000 typed events come back in order and decoded', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const run = await startHost(t, 'typed.lua', { redis }).ended;
  assert.equal(run.code, 0, run.output);
  assert.deepEqual(run.last('received'), [String(TOTAL), 'wrong', '0']);
  const { sent, published, received, delivered, dropped, invalid, refused, failed, unknown } = run.stats;
  assert.deepEqual(
    { sent, published, received, delivered, dropped, invalid, refused, failed, unknown },
    { sent: TOTAL, published: TOTAL, received: TOTAL, delivered: TOTAL, dropped: 0, invalid: 0, refused: 0, failed: 0, unknown: 0 },
  );
});

test('10,000 messages of redis-cli arrive in order', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const run = startHost(t, 'outside.lua', { redis });
  await run.next('ready');
  const arrived = run.next('received');
  const cli = redisCli(redis);
  cli.stdout.resume();
  cli.stdin.end(Array.from({ length: TOTAL }, (_, i) => `PUBLISH outside:in "message ${i + 1}"\n`).join(''));
  await once(cli, 'exit');
  assert.deepEqual(await arrived, [String(TOTAL), 'wrong', '0']);
  const control = await RespClient.open(redis);
  t.after(() => control.close());
  await control.send('PUBLISH', 'outside:end', '');
  await run.ended;
  assert.equal(run.code, 0, run.output);
  assert.equal(run.stats.received, TOTAL + 1);
  assert.equal(run.stats.dropped, 0);
});

test('redis-cli SUBSCRIBE reads what we publish, byte for byte', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const cli = redisCli(redis, 'SUBSCRIBE', 'echo:out');
  t.after(() => cli.kill());
  const output = collect(cli.stdout);
  await output.until('subscribe\necho:out\n1\n');

  const run = startHost(t, 'outside.lua', { redis });
  await run.next('ready');
  const source = await RespClient.open(redis);
  t.after(() => source.close());
  // No line ends in these: redis-cli's own output is made of lines.
  const payloads = [
    'plain',
    'quotes " and \' and ` and \\ and %s',
    'UTF-8: é ü ß, 漢字, 🎮',
    '{"json":"in \\"json\\""}',
    ' spaces at both ends ',
    Buffer.from([0x01, 0x1b, 0x7f, 0x80, 0xc3, 0xfe, 0xff]),
    'the end of it',
  ].map((payload) => Buffer.from(payload));
  for (const payload of payloads) {
    await source.send('PUBLISH', 'echo:in', payload);
  }
  const bytes = await run.before(output.until('the end of it\n'), 'the end of it');
  const expected = payloads.map((payload) => Buffer.concat([Buffer.from('message\necho:out\n'), payload, Buffer.from('\n')]));
  assert.deepEqual(bytes, Buffer.concat([Buffer.from('subscribe\necho:out\n1\n'), ...expected]));
  await source.send('PUBLISH', 'outside:end', '');
  await run.ended;
  assert.equal(run.code, 0, run.output);
  // Before the server goes, or it complains.
  cli.kill();
  await once(cli, 'exit');
});

test('NUL bytes, line ends, nothing and a MiB go through unchanged', { skip }, async (t) => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const run = startHost(t, 'outside.lua', { redis });
  await run.next('ready');
  const payloads = [
    Buffer.alloc(0),
    Buffer.from([0]),
    Buffer.from('a\0b\0'),
    Buffer.from('\r\n$3\r\nfoo\r\n'),
    Buffer.from(Array.from({ length: 256 }, (_, i) => i)),
    Buffer.alloc(1024 * 1024, Buffer.from('\0\xff\r\n', 'latin1')),
  ];
  const echoes = [];
  let all;
  const complete = new Promise((resolve) => {
    all = resolve;
  });
  const reader = await RespClient.open(redis, (channel, payload) => {
    echoes.push([channel.toString(), payload]);
    if (echoes.length === payloads.length) {
      all();
    }
  });
  t.after(() => reader.close());
  await reader.send('SUBSCRIBE', 'echo:out');
  const source = await RespClient.open(redis);
  t.after(() => source.close());
  for (const payload of payloads) {
    await source.send('PUBLISH', 'echo:in', payload);
  }
  await run.before(complete, 'all echoes');
  for (const [i, payload] of payloads.entries()) {
    assert.equal(echoes[i][0], 'echo:out');
    assert.ok(echoes[i][1].equals(payload), `payload ${i} of ${payload.length} bytes came back as ${echoes[i][1].length}`);
  }
  await source.send('PUBLISH', 'outside:end', '');
  await run.ended;
  assert.equal(run.code, 0, run.output);
});

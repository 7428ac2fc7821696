// `npm run bench`: what publishing costs the game thread, and how many messages a second reach Lua callbacks, beside a
// subscriber on bare hiredis in the same run. See bench/README.md.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { privateTree, root, spawnHost } from '../scripts/headless.mjs';
import { hasRedis, startRedis } from '../scripts/private-redis.mjs';
import { HostRun, e2eFolder, redisArguments } from '../tests/support/host.mjs';
import { RespClient, encodeCommand } from '../tests/support/resp.mjs';

const EXIT_BAD_USAGE = 2;
const RAW_BYTES = 120;
const BATCH = 2500;
// Batches on their way at once: together less than the module's inbound queue holds, so that nothing can be dropped.
const WINDOW = 3;
const TICKRATE = 1000;
const TICKS_PER_SECOND = 100; // The unit of /proc/PID/stat on Linux.

const EVENT = JSON.stringify({
  specversion: '1.0',
  id: 'bench-1',
  source: '/gmod/bench',
  type: 'gmod.player.death',
  time: '2026-01-02T03:04:05.678Z',
  datacontenttype: 'application/json',
  data: { victim_name: 'Alice', attacker_name: 'Bob', weapon: 'weapon_crowbar' },
});
const KINDS = {
  raw: { channel: 'bench:data', payload: 'x'.repeat(RAW_BYTES), title: `raw messages of ${RAW_BYTES} bytes` },
  typed: { channel: 'player:death', payload: EVENT, title: `typed events of ${EVENT.length} bytes` },
};

const USAGE = 'Usage: npm run bench -- [--rounds N] [--messages N]\n\nMeasures what ships; see bench/README.md.\n';
const words = process.argv.slice(2);
if (words.includes('--help')) {
  process.stdout.write(USAGE);
  process.exit();
}
if (words.some((word, i) => (i % 2 === 0) !== ['--rounds', '--messages'].includes(word))) {
  process.stderr.write(USAGE);
  process.exit(EXIT_BAD_USAGE);
}

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) {
    return fallback;
  }
  const value = Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) {
    process.stderr.write(`bench: --${name} takes a whole number from 1\n`);
    process.exit(EXIT_BAD_USAGE);
  }
  return value;
}

const rounds = option('rounds', 5);
const total = Math.ceil(option('messages', 200_000) / BATCH) * BATCH;

/** Processor seconds that a process has used, all its threads. */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Feeds a subject that speaks the protocol of raw_subscriber.cpp, and answers its rate and cost. */
async function feed(redis, kind, start) {
  const { channel, payload } = KINDS[kind];
  const batch = Buffer.concat(Array(BATCH).fill(encodeCommand('PUBLISH', channel, payload)));
  const publisher = await RespClient.open(redis);
  let left = total / BATCH;
  let isReady;
  const ready = new Promise((resolve) => {
    isReady = resolve;
  });
  const send = () => {
    if (left > 0) {
      left--;
      publisher.sendAll(batch, BATCH).catch(() => undefined);
    }
  };
  const acknowledgements = await RespClient.open(redis, (_, word) => (word.toString() === 'ready' ? isReady() : send()));
  await acknowledgements.send('SUBSCRIBE', 'bench:ack');

  const { child, cleanUp } = start(channel);
  try {
    const run = new HostRun(child);
    const result = run.next('result');
    await Promise.race([ready, result]);
    const before = processorSeconds(child.pid);
    for (let i = 0; i < WINDOW; i++) {
      send();
    }
    const [received, seconds] = (await result).map(Number);
    const processor = processorSeconds(child.pid) - before;
    await publisher.send('PUBLISH', 'bench:end', '');
    await run.ended;
    if ((run.stats.dropped ?? 0) !== 0) {
      throw new Error(`${run.stats.dropped} messages were dropped: the run does not count`);
    }
    return { rate: received / seconds, cost: (processor / received) * 1e6 };
  } finally {
    child.kill('SIGKILL');
    publisher.close();
    acknowledgements.close();
    cleanUp();
  }
}

function startHost(redis, script, args) {
  const tree = privateTree([e2eFolder]);
  const child = spawnHost({
    garrysmod: tree.garrysmod,
    script: join(root, 'bench/lua', script),
    tickrate: TICKRATE,
    args: ['--', ...redisArguments(redis), ...args],
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { child, cleanUp: tree.remove };
}

function startRaw(redis, channel) {
  const args = [redis.host, redis.port, channel, total, BATCH].map(String);
  const child = spawn(join(root, 'build/native/bench/raw_subscriber'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, cleanUp: () => undefined };
}

async function publishCost(redis) {
  const { child, cleanUp } = startHost(redis, 'publish.lua', []);
  try {
    const run = await new HostRun(child).ended;
    if (run.code !== 0) {
      throw new Error(run.output);
    }
    return Object.fromEntries(run.all('cost').map(([name, ns]) => [name, Number(ns)]));
  } finally {
    cleanUp();
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const whole = (value) => Math.round(value).toLocaleString('en-US');
const print = (text = '') => process.stdout.write(`${text}\n`);

function row(title, values, unit, format = whole) {
  const spread = `${format(Math.min(...values))} … ${format(Math.max(...values))}`;
  print(`  ${title.padEnd(42)}${format(median(values)).padStart(11)} ${unit.padEnd(7)}${spread.padStart(25)}`);
}

async function main() {
  if (!hasRedis()) {
    process.stderr.write('bench: redis-server is not installed\n');
    return 1;
  }
  const redis = await startRedis();
  const cost = { event: [], raw: [] };
  const results = { raw: { ours: [], bare: [] }, typed: { ours: [], bare: [] } };
  try {
    print(`${rounds} rounds, ${whole(total)} messages each, ${cpus().length} processors, ${cpus()[0].model}`);
    for (let round = 1; round <= rounds; round++) {
      process.stdout.write(`  round ${round}: publishing`);
      const { event, raw } = await publishCost(redis);
      cost.event.push(event);
      cost.raw.push(raw);
      for (const kind of Object.keys(KINDS)) {
        process.stdout.write(`, ${kind}`);
        const runs = {
          ours: () => feed(redis, kind, () => startHost(redis, 'throughput.lua', [kind, String(total), String(BATCH)])),
          bare: () => feed(redis, kind, (channel) => startRaw(redis, channel)),
        };
        // Which goes first changes with every round: what warms up or slows down meets both.
        for (const who of round % 2 === 1 ? ['ours', 'bare'] : ['bare', 'ours']) {
          results[kind][who].push(await runs[who]());
        }
      }
      print();
    }
  } finally {
    await redis.close();
  }

  const tenth = (value) => value.toFixed(2);
  print(`\n  ${''.padEnd(42)}${'median'.padStart(11)} ${''.padEnd(7)}${'lowest … highest'.padStart(25)}\n`);
  print('Publishing, on the game thread');
  row('realtime.PlayerDeath', cost.event, 'ns');
  row(`realtime.Publish of ${RAW_BYTES} bytes`, cost.raw, 'ns');
  for (const [kind, { title }] of Object.entries(KINDS)) {
    const { ours, bare } = results[kind];
    print(`\nReceiving ${title}`);
    row('into a Lua callback', ours.map(({ rate }) => rate), 'per s');
    row('bare hiredis', bare.map(({ rate }) => rate), 'per s');
    row('ratio', ours.map(({ rate }, i) => rate / bare[i].rate), '', tenth);
    row('processor time of each, Lua callback', ours.map(({ cost: each }) => each), 'µs', tenth);
    row('processor time of each, bare hiredis', bare.map(({ cost: each }) => each), 'µs', tenth);
  }
  return 0;
}

process.exitCode = await main();
process.exit();

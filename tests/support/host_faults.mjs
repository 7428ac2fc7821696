// The faults of the server that the module lives in, as data: what script runs, with what around it, and what must be true of
// its output. `npm test` goes through each a few times, `npm run test:faults` many times.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/headless.mjs';
import { e2eFolder, startHost } from './host.mjs';
import { startRedis } from './redis.mjs';
import { RespClient } from './resp.mjs';
import { assertNoStall, stallOf } from './stall.mjs';
import { assertTook } from './timing.mjs';

const PASSWORD = 's3cr3t-of-the-server';
const SHIFTED_CLOCK = join(root, 'build/native/tests/shifted_clock.so');
const PROCESS_LIMIT_MS = 3; // the budget of a call, and what one callback may take over it
const PUBLISH_LIMIT_MS = 1;
const REPORTS_A_MINUTE = 10;
const MAPS_A_ROUND = 50;
const SEED = 20261125;

/** How many lines of the output hold the text. */
const count = (run, text) => run.lines.filter((line) => line.includes(text)).length;

function checkSettled(run) {
  const [sent, got, wrong] = run.last('order').map(Number);
  assert.equal(got, sent, 'events that came back');
  assert.equal(wrong, 0, 'events out of order');
  const { stats } = run;
  assert.equal(stats.sent, stats.published);
  assert.equal(stats.refused, 0);
  assert.equal(stats.received, stats.delivered);
  assert.equal(stats.connects, 1);
}

const noErrors = (run) => assert.equal(count(run, '[ERROR]'), 0, run.output);

/** Every map began with exactly what the first one began with, and each account was exact when its map ended. */
function checkMaps(run, rounds) {
  const before = run.all('before');
  assert.equal(before.length, rounds + 1);
  for (const [i, each] of before.entries()) {
    assert.deepEqual(each, before[0], `after ${i} map changes, the module not loaded`);
  }
  const maps = run.all('map').map(([, ...left]) => left);
  assert.equal(maps.length, rounds + 1);
  for (const [i, each] of maps.entries()) {
    assert.deepEqual(each, maps[0], `after ${i} map changes, the module loaded`);
  }
  assert.equal(run.all('point').length, rounds);
  assert.equal(run.all('account').length, rounds);
}

export const HOST_FAULTS = [
  {
    name: 'map change at a random point',
    script: 'fault_mapchange.lua',
    untimed: true, // each map has a Lua state of its own; what they leave behind is the question here
    rounds: (rounds) => rounds * MAPS_A_ROUND,
    tickrate: 250,
    prepare(garrysmod) {
      mkdirSync(join(garrysmod, 'lua/autorun'), { recursive: true });
      copyFileSync(join(e2eFolder, 'lua/mapchange_before.lua'), join(garrysmod, 'lua/autorun/mapchange_before.lua'));
    },
    check: checkMaps,
  },
  {
    name: 'auto-refresh under load',
    script: 'fault_refresh.lua',
    check: (run) => [checkSettled, noErrors].forEach((check) => check(run)),
  },
  {
    name: 'hook and timer removed by another addon',
    script: 'fault_removed.lua',
    check: (run) => [checkSettled, noErrors].forEach((check) => check(run)),
  },
  {
    name: "another addon's Think raises",
    script: 'fault_think.lua',
    check(run) {
      checkSettled(run);
      assert.ok(count(run, "another addon's error") > 0, 'the other hook did raise');
    },
  },
  {
    name: 'callback raises 1,000 times a second',
    script: 'fault_raising.lua',
    check(run, rounds, t) {
      const { stats } = run;
      const [raised, seconds] = run.last('raised').map(Number);
      assert.equal(stats.callbackErrors, raised);
      const reports = count(run, '[ERROR]');
      assert.ok(reports >= 1 && reports <= REPORTS_A_MINUTE * Math.ceil(seconds / 60 + 1), `${reports} reports in ${seconds} s`);
      // Its own work is in there: as many messages more, and for each an error that is counted.
      for (const [calm, raising] of run.all('think').map((each) => each.map(Number))) {
        assertTook(t, raising, calm + 1, `a frame's Think took ${raising} ms, without the errors ${calm} ms`);
      }
    },
  },
  {
    name: '10,000 subscriptions',
    script: 'fault_subscriptions.lua',
    check: (run) => [(each) => assert.equal(each.stats.subscriptions, 1), noErrors].forEach((check) => check(run)),
  },
  {
    name: 'hibernating for 10 minutes',
    script: 'fault_hibernating.lua',
    tickrate: 0,
    check: (run) => [checkSettled, noErrors].forEach((check) => check(run)),
  },
  {
    name: 'clock jumps forward and back',
    script: 'fault_clock.lua',
    ownSystem: true, // the library is this system's
    settings: (folder) => ({ LD_PRELOAD: SHIFTED_CLOCK, SHIFTED_CLOCK: join(folder, 'shift') }),
    prepare: (garrysmod) => writeFileSync(join(garrysmod, 'shift'), '0'),
    onMark: (folder, name, [jump]) => name === 'jump' && writeFileSync(join(folder, 'shift'), jump),
    check: (run) => [(each) => assert.equal(Number(each.last('order')[1]), Number(each.last('order')[0])), noErrors].forEach((check) => check(run)),
  },
  {
    name: 'JSON bombs and false claims',
    script: 'fault_hostile.lua',
    check(run) {
      const [invalid, claims] = run.last('hostile').map(Number);
      assert.equal(run.stats.invalid, invalid);
      assert.equal(run.stats.published, invalid + claims);
      assert.equal(run.stats.callbackErrors, 0);
      assert.equal(count(run, 'is no ChatMessage event and was not delivered'), 1, 'told once a minute');
      noErrors(run);
    },
  },
];

const ACCOUNT = ['sent', 'published', 'failed', 'unknown', 'pending', 'received', 'delivered', 'dropped', 'queued'];

const CLOSED = /closed; of this map's messages (\d+) were not sent, the fate of (\d+) is unknown/;

/** The sums of a run: of its one map, or of all its maps when each told its own and then, closing, what it left over. */
function accountOf(run) {
  const sums = addUp(run);
  for (const [, unsent, unknown] of run.lines.flatMap((line) => [CLOSED.exec(line) ?? []]).filter(([whole]) => whole)) {
    sums.failed += Number(unsent);
    sums.unknown += Number(unknown);
    sums.pending -= Number(unsent) + Number(unknown);
  }
  assert.ok(sums.pending >= 0, `closing told of more than there was: ${JSON.stringify(sums)}`);
  // What closing does not tell of was still sent: `checkPublished` asks the server.
  sums.published += sums.pending;
  sums.pending = 0;
  return sums;
}

/** The server's own count of the messages that were published through it is the module's. */
async function checkPublished(redis, sums) {
  const client = await RespClient.open(redis);
  const statistics = String(await client.send('INFO', 'commandstats'));
  client.close();
  const calls = Number(/^cmdstat_publish:calls=(\d+)/m.exec(statistics)?.[1] ?? 0);
  assert.ok(calls >= sums.published && calls <= sums.published + sums.unknown, `the server counted ${calls} messages: ${JSON.stringify(sums)}`);
}

function addUp(run) {
  const accounts = run.all('account').map((words) => Object.fromEntries(words.map((word, i) => [ACCOUNT[i], Number(word)])));
  return (accounts.length > 0 ? accounts : [run.stats]).reduce((sums, each) =>
    Object.fromEntries(ACCOUNT.map((key) => [key, sums[key] + each[key]])),
  );
}

/**
 * Runs a fault in the headless server with the shipped addon and module; `t.after` takes what is to be done at the end, and
 * `t.diagnostic` what is only told. Answers the row of the table; raises when a promise was broken.
 */
export async function runHostFault(t, fault, rounds) {
  const redis = await startRedis({ password: PASSWORD });
  t.after(() => redis.close());
  const times = fault.rounds?.(rounds) ?? rounds;
  let folder;
  const run = startHost(t, fault.script, {
    redis,
    words: [String(times), String(SEED)],
    tickrate: fault.tickrate,
    seconds: 600,
    deadlineMs: 580_000,
    prepare(garrysmod) {
      folder = garrysmod;
      fault.prepare?.(garrysmod);
    },
    settings: (garrysmod) => fault.settings?.(garrysmod) ?? {},
    onMark: (name, words) => fault.onMark?.(folder, name, words),
  });
  await run.ended;
  assert.equal(run.code, 0, run.output);
  assert.ok(run.last('done') !== undefined, run.output);
  fault.check(run, times, t);
  assert.ok(!run.output.includes(PASSWORD), 'the password is in the output');
  const sums = accountOf(run);
  const exact = sums.sent === sums.published + sums.failed + sums.unknown + sums.pending && sums.received === sums.delivered + sums.dropped + sums.queued;
  assert.ok(exact, `the sums: ${JSON.stringify(sums)}`);
  await checkPublished(redis, sums);
  const row = { fault: fault.name, rounds: times, ...sums, refused: run.stats.refused ?? 0, exact: 'yes' };
  if (fault.untimed === true) {
    return row;
  }
  const stall = stallOf(run);
  assertNoStall(t, stall, { publish: PUBLISH_LIMIT_MS, process: PROCESS_LIMIT_MS });
  const { calls, excused, publish, process } = stall;
  const longest = ({ longest: most, longestLate }) => Math.max(most, longestLate).toFixed(3);
  return { ...row, longest: longest(publish), longest_delivery: longest(process), excused, calls, late: publish.late + process.late, late_publishes: publish.late };
}

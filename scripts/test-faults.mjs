// npm run test:faults. Goes through every fault of the network, of Redis and of the game's server many times, each against a
// private server, and shows for each what became of the messages. A fault passes when every promise held in every round. The
// results go to build/test-logs/faults.json, or with --record to where scripts/reliability.mjs finds them for docs/RELIABILITY.md.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './headless.mjs';
import { HOST_FAULTS, runHostFault } from '../tests/support/host_faults.mjs';
import { hasRedis } from './private-redis.mjs';
import { commit, today } from './reliability/stamp.mjs';

const EXIT_BAD_USAGE = 2;
const SKIPPED = 77;
const DEFAULT_ROUNDS = 20;
const LOG_TAIL = 25;
const FLOOD_PER_SECOND = 190_000; // of 200,000: what it falls behind by it makes up for, but for its end
const PREFIX = 'fault: ';
const PROGRAMS = [
  'test_redis_network',
  'test_redis_faults',
  'test_redis_errors',
  'test_redis_closing',
  'test_redis_resolving',
  'test_redis_hostile',
];
const BUILD = join(root, 'build/native/tests');
const LOGS = join(root, 'build/test-logs');
const inCi = process.env.CI === 'true';

const HELP = `Usage: npm run test:faults -- [--rounds N] [--only NAME]... [--record] [--list]

Builds what is missing and goes through each fault N times (${DEFAULT_ROUNDS}), or only through those whose name holds NAME.
--record keeps the results for docs/RELIABILITY.md, which scripts/reliability.mjs writes.
`;

const print = (text) => process.stdout.write(`${text}\n`);

function badUsage(text) {
  process.stderr.write(`test:faults: ${text}\n`);
  process.exit(EXIT_BAD_USAGE);
}

function readOptions(words) {
  const options = { rounds: DEFAULT_ROUNDS, only: [], list: false, record: false };
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--help') {
      print(HELP);
      process.exit();
    } else if (word === '--list') {
      options.list = true;
    } else if (word === '--record') {
      options.record = true;
    } else if (word === '--rounds') {
      options.rounds = Number(words[++i]);
      if (!Number.isInteger(options.rounds) || options.rounds < 1) {
        badUsage(`--rounds needs a whole number above zero, not "${words[i] ?? ''}"`);
      }
    } else if (word === '--only') {
      options.only.push(words[++i] ?? badUsage('--only needs a name; --list shows them'));
    } else {
      badUsage(`there is no option "${word}"; there are --rounds N, --only NAME, --record and --list`);
    }
  }
  return options;
}

/** The faults that a program has a test case for, with the program. */
function faultsOf(program) {
  const { status, stdout } = spawnSync(join(BUILD, program), ['--list-test-cases', '--no-colors'], { encoding: 'utf8' });
  if (status === SKIPPED) {
    return [{ program, name: program, skipped: true }];
  }
  if (status !== 0) {
    badUsage(`${program} cannot be run`);
  }
  return stdout
    .split('\n')
    .filter((line) => line.startsWith(PREFIX))
    .map((line) => ({ program, name: line.slice(PREFIX.length).trim() }));
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** The same in the headless server. */
async function runInHost(fault, rounds) {
  const afters = [];
  const lines = [];
  try {
    const t = { after: (end) => afters.unshift(end), diagnostic: (line) => lines.push(line) };
    return { code: 0, row: await runHostFault(t, fault, rounds), lines };
  } catch (error) {
    return { code: 1, lines: [...lines, ...String(error.stack).split('\n')] };
  } finally {
    for (const end of afters) {
      await end();
    }
  }
}

/** Runs one fault; `onRound` hears of each round. Answers the row of the table and the program's output. */
function run({ program, name, hostFault }, rounds, onRound) {
  if (hostFault !== undefined) {
    return runInHost(hostFault, rounds);
  }
  return new Promise((resolve) => {
    const child = spawn(join(BUILD, program), [`--test-case=${PREFIX}${name.replaceAll(',', '?')}`, '--no-colors'], {
      env: { ...process.env, REALTIME_FAULT_ROUNDS: String(rounds) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = [];
    let row;
    const read = (line) => {
      if (line.startsWith('round ')) {
        onRound(Number(line.slice('round '.length)));
      } else if (line.startsWith('result ')) {
        row = Object.fromEntries(line.slice('result '.length).split(';').map((pair) => pair.split('=')));
      } else {
        lines.push(line);
      }
    };
    const ends = [child.stdout, child.stderr].map(
      (stream) => new Promise((ended) => createInterface({ input: stream }).on('line', read).on('close', ended)),
    );
    child.on('error', (error) => lines.push(error.message));
    child.on('close', async (code) => {
      await Promise.all(ends);
      resolve({ code: code ?? 1, row, lines });
    });
  });
}

/** A test lets one late call pass, whose fault may be the machine's. Not here: no publish may take longer than a millisecond. */
const isOnTime = ({ late_publishes: late }) => Number(late ?? 0) === 0;

/** What is called a flood of so many messages a second was one. How fast the machine is, is no matter of `npm test`, so that only this asks. */
const isFlood = ({ fault, rate }) => !fault.startsWith('flood') || Number(rate) >= FLOOD_PER_SECOND;

async function runFault(fault, rounds, column) {
  const start = performance.now();
  const label = `  ${fault.name.padEnd(column)}`;
  const live = process.stdout.isTTY === true;
  if (!live) {
    process.stdout.write(label);
  }
  const { code, row, lines } = await run(fault, rounds, (round) => {
    if (live) {
      process.stdout.write(`\r${label}${String(round).padStart(5)}/${rounds} ${seconds(start).padStart(9)}`);
    }
  });
  const skipped = code === SKIPPED;
  // A program that found no such test case, or broke off, is no success.
  const wanted = fault.hostFault?.rounds?.(rounds) ?? rounds;
  const passed = code === 0 && Number(row?.rounds) === wanted && row.exact === 'yes' && isOnTime(row) && isFlood(row);
  const verdict = skipped ? 'skipped' : passed ? 'ok' : 'FAILED';
  print(`${live ? `\r${label}` : ''}${String(row?.rounds ?? 0).padStart(5)}/${rounds} ${seconds(start).padStart(9)}  ${verdict}`);
  const log = join(LOGS, `fault-${fault.name.replaceAll(/[^\w]+/g, '-')}.log`);
  writeFileSync(log, `${lines.join('\n')}\n`);
  if (!passed) {
    print(`\n${lines.slice(-LOG_TAIL).map((line) => `      ${line}`).join('\n')}\n\n      the whole log: ${relative(root, log)}\n`);
  }
  return { fault: fault.name, verdict, ...row };
}

const ms = (value) => (Number(value) > 0 ? `${Number(value).toFixed(Number(value) < 10 ? 3 : 0)} ms` : undefined);
const sum = (...values) => (values.every((value) => value === undefined) ? undefined : values.reduce((total, value) => total + Number(value ?? 0), 0));
const COLUMNS = [
  { title: 'scenario', of: (row) => row.fault, left: true },
  { title: 'rounds', of: (row) => row.rounds },
  { title: 'sent', of: (row) => row.sent },
  { title: 'confirmed', of: (row) => row.published },
  { title: 'delivered', of: (row) => row.delivered },
  { title: 'refused', of: (row) => sum(row.refused, row.failed) },
  { title: 'dropped', of: (row) => row.dropped },
  { title: 'unknown', of: (row) => row.unknown },
  { title: 'sum exact', of: (row) => row.exact },
  { title: 'longest publish', of: (row) => ms(row.longest) },
  { title: 'longest delivery', of: (row) => ms(row.longest_delivery) },
  { title: 'calls', of: (row) => row.calls },
  { title: 'excused', of: (row) => row.excused },
  { title: 'late', of: (row) => row.late },
  { title: 'recovery', of: (row) => ms(row.recovery) },
  { title: 'longest close', of: (row) => ms(row.close) },
  { title: 'verdict', of: (row) => row.verdict, left: true },
];

const cellsOf = (rows) => rows.map((row) => COLUMNS.map(({ of }) => String(of(row) ?? '-')));

function table(rows) {
  const cells = [COLUMNS.map(({ title }) => title), ...cellsOf(rows)];
  const widths = COLUMNS.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
  const show = (line) =>
    line.map((cell, i) => (COLUMNS[i].left ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd();
  return cells.map(show).join('\n');
}

const NOTES = [
  'A round: events flow, the fault happens and is put right, events flow again by themselves. Refused: told to the caller, at once or later. Unknown: the connection was lost between the last byte and the answer.',
  'Sum exact: sent = confirmed + failed + unknown, and received = delivered + dropped + what the end found queued; checked in every frame. No message came twice, none that was refused came, none came changed. Those that were confirmed came in order; and all of them came, where no connection was lost, or once it stood again (before, one may be lost with the subscribed connection).',
  'Longest publish, longest delivery: the longest call on the game thread. One that waits, or works, for longer than 1 ms fails the test (a delivery: longer than its budget of 2 ms and 1 ms). Excused: of so many calls those that took longer because the machine gave the processor to somebody else, so that they neither waited nor worked. Late: deliveries in which the thread seems to have worked for too long, of which one may be, and one in ten million: what an interrupt takes, and a page that the hypervisor fetches, is on the account of whoever runs. A publish that is late fails.',
  'Recovery: from putting right to the first event, the longest of all rounds; most of it is the back-off. More than that may draw from then on and half a second (and the timeout of 200 ms where the fault is silence) fails the test. A flood slower than 190,000 a second, or more than its queue takes of memory, fails, too. Of map changes what they leave behind is compared; their calls are not timed.',
];

const options = readOptions(process.argv.slice(2));
if (spawnSync('bash', [join(root, 'scripts/build.sh')], { stdio: 'inherit' }).status !== 0) {
  process.exit(1);
}
if (!hasRedis()) {
  print('redis-server is not installed: nothing can be tested');
  process.exit(inCi ? 1 : 0);
}
if (!PROGRAMS.every((program) => existsSync(join(BUILD, program)))) {
  badUsage('the tests are not built');
}
const all = [...PROGRAMS.flatMap(faultsOf), ...HOST_FAULTS.map((hostFault) => ({ name: hostFault.name, hostFault }))];
const faults = all.filter(({ name }) => options.only.length === 0 || options.only.some((part) => name.includes(part)));
if (options.list) {
  print(all.map(({ name }) => `  ${name}`).join('\n'));
  process.exit();
}
if (faults.length === 0) {
  badUsage(`no fault's name holds "${options.only.join('" or "')}"; --list shows them`);
}
mkdirSync(LOGS, { recursive: true });
const column = Math.max(...faults.map(({ name }) => name.length)) + 2;
const rows = [];
for (const fault of faults) {
  rows.push(await runFault(fault, options.rounds, column));
}
print(`\n${table(rows)}\n`);
print(`${NOTES.join('\n')}\n`);
const results = options.record ? join(root, 'tests/faults/results/faults.json') : join(LOGS, 'faults.json');
mkdirSync(dirname(results), { recursive: true });
const named = rows.map((row) => Object.fromEntries(COLUMNS.filter(({ title }) => title !== 'verdict').map(({ title, of }) => [title, String(of(row) ?? '-')])));
writeFileSync(results, `${JSON.stringify({ section: 'faults', date: today(), commit: commit(), rows: named }, null, 2)}\n`);
print(`The results are in ${relative(root, results)}.\n`);
const count = (verdict) => rows.filter((row) => row.verdict === verdict).length;
print(`${count('ok')} passed, ${count('FAILED')} failed, ${count('skipped')} skipped`);
process.exitCode = count('FAILED') > 0 || (inCi && count('skipped') > 0) ? 1 : 0;

// `npm start`: builds what is missing, then runs a script in the headless server with the shipped addon and module.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { privateTree, root, shippedTree, spawnHost } from './headless.mjs';
import { hasRedis, startRedis } from './private-redis.mjs';

const EXIT_BAD_USAGE = 2;
const EXIT_SIGNAL_BASE = 128;
const MAX_TICKRATE = 10000;
const MIN_SECONDS = 2;
const DEMO = join(root, 'examples/demo.lua');
const HELP = `Usage: npm start -- [options]

Builds what is missing, boots a headless Garry's Mod server with the shipped addon and the shipped binary module, and plays
a short demo, by default through the module's own in-process backend.

  --redis            through a redis-server that is started for it and stopped afterwards
  --redis URL        through the server at redis://[user[:password]@]host[:port][/database]; a password that is not in the
                     URL is taken from REDIS_PASSWORD, where other users of the machine do not see it
  --tickrate N       server frames a second, 1 to ${MAX_TICKRATE} (default 66)
  --seconds N        end after N seconds at the latest, at least ${MIN_SECONDS}; the demo takes that long (default: when the script ends)
  --script FILE.lua  what to run (default examples/demo.lua)
  --addon DIR        load this addon folder too; may be given several times
  --help             this text
`;

class UsageError extends Error {}

function number(text, option, low, high) {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value < low || value > high) {
    throw new UsageError(`${option} takes a number from ${low} to ${high}, not "${text}"`);
  }
  return value;
}

/** What the user wrote is relative to where the user stands; npm runs us in the repository's root. */
function userPath(text) {
  return resolve(process.env.INIT_CWD ?? process.cwd(), text);
}

const URL_USAGE = '--redis takes redis://[user[:password]@]host[:port][/database]';

// No message holds any of the text: there may be a password in it.
function redisSettings(text) {
  let url;
  let username;
  let password;
  try {
    url = new URL(text);
    username = decodeURIComponent(url.username);
    password = decodeURIComponent(url.password);
  } catch {
    throw new UsageError(URL_USAGE);
  }
  if (url.protocol === 'rediss:') {
    throw new UsageError('--redis: rediss:// (TLS) is not supported; use redis:// or a TLS tunnel');
  }
  const database = url.pathname.slice(1);
  if (url.protocol !== 'redis:' || url.hostname === '' || !/^\d*$/.test(database) || url.search !== '' || url.hash !== '') {
    throw new UsageError(URL_USAGE);
  }
  const settings = {
    REALTIME_BACKEND: 'redis',
    REDIS_HOST: url.hostname.replace(/^\[|\]$/g, ''),
    REDIS_PORT: url.port || '6379',
  };
  const optional = {
    REDIS_USERNAME: username,
    REDIS_PASSWORD: password || (process.env.REDIS_PASSWORD ?? ''),
    REDIS_DATABASE: database,
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== '') {
      settings[name] = value;
    }
  }
  return settings;
}

function parse(words) {
  const options = { script: DEMO, tickrate: 66, addons: [], redis: undefined };
  const rest = [...words];
  const value = (option) => {
    if (rest.length === 0 || rest[0].startsWith('--')) {
      throw new UsageError(`${option} needs a value`);
    }
    return rest.shift();
  };
  while (rest.length > 0) {
    const option = rest.shift();
    switch (option) {
      case '--help':
        return { help: true };
      case '--redis':
        options.redis = rest.length === 0 || rest[0].startsWith('--') ? 'private' : redisSettings(rest.shift());
        break;
      case '--tickrate':
        options.tickrate = number(value(option), option, 1, MAX_TICKRATE);
        break;
      case '--seconds':
        options.seconds = number(value(option), option, MIN_SECONDS, Number.MAX_SAFE_INTEGER);
        break;
      case '--script': {
        const text = value(option);
        options.script = userPath(text);
        if (!text.endsWith('.lua') || !existsSync(options.script)) {
          throw new UsageError(`--script: there is no Lua file "${text}"`);
        }
        break;
      }
      case '--addon': {
        const text = value(option);
        const lua = join(userPath(text), 'lua');
        if (!existsSync(lua) || !statSync(lua).isDirectory()) {
          throw new UsageError(`--addon: "${text}" is not an addon folder, it has no lua folder in it`);
        }
        if (options.addons.some((other) => basename(other) === basename(userPath(text)))) {
          throw new UsageError(`--addon: "${basename(text)}" is given twice`);
        }
        options.addons.push(userPath(text));
        break;
      }
      default:
        throw new UsageError(`there is no option "${option}"; --help lists them`);
    }
  }
  return options;
}

function build() {
  const { status, signal } = spawnSync('bash', [join(root, 'scripts/build.sh'), '--quiet'], { stdio: 'inherit' });
  if (signal !== null) {
    process.kill(process.pid, signal);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function announce(options, backend) {
  const parts = [`${options.tickrate} ticks/s`, `backend: ${backend}`, `script: ${relative(root, options.script)}`];
  if (options.addons.length > 0) {
    parts.push(`addons: ${options.addons.map((addon) => basename(addon)).join(', ')}`);
  }
  process.stdout.write(`\nHeadless server, ${parts.join(', ')}\n\n`);
}

/** Runs the host to its end and answers the exit code. Ctrl-C reaches the host, and everything is cleaned up after it. */
function run(options, garrysmod, settings) {
  const host = spawnHost({
    garrysmod,
    script: options.script,
    tickrate: options.tickrate,
    seconds: options.seconds,
    args: options.script === DEMO && options.seconds !== undefined ? ['--', `seconds=${options.seconds}`] : [],
    settings,
    stdio: 'inherit',
  });
  const forward = (signal) => host.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, forward);
  }
  return new Promise((done) => {
    host.on('error', (error) => {
      process.stderr.write(`start: the headless server does not run: ${error.message}\n`);
      done(1);
    });
    host.on('exit', (code, signal) => done(code ?? EXIT_SIGNAL_BASE + constants.signals[signal]));
  });
}

async function main() {
  const options = parse(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  build();
  let redis;
  let tree;
  try {
    let settings = { REALTIME_BACKEND: 'memory' };
    let backend = 'memory (in this process)';
    if (options.redis === 'private') {
      if (!hasRedis()) {
        process.stderr.write('start: redis-server is not installed; leave --redis out, or give it the URL of a server\n');
        return 1;
      }
      redis = await startRedis();
      settings = redis.environment;
      backend = `a private redis-server on ${redis.host}:${redis.port}`;
    } else if (options.redis !== undefined) {
      settings = options.redis;
      backend = `the Redis server at ${settings.REDIS_HOST}:${settings.REDIS_PORT}`;
    }
    if (options.addons.length > 0) {
      tree = privateTree(options.addons);
    }
    announce(options, backend);
    return await run(options, tree?.garrysmod ?? shippedTree, settings);
  } finally {
    await redis?.close();
    tree?.remove();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  process.stderr.write(`start: ${error.message}\n`);
  process.exitCode = EXIT_BAD_USAGE;
}
// The listeners for signals would keep nothing alive, but a started redis' streams may: everything is done here.
process.exit();

// A redis-server of our own: a private temporary folder, a free port on loopback, nothing persisted, and never left behind.
// `npm start -- --redis`, the tests and the benchmark use it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HOST = '127.0.0.1';
const LOWEST_PORT = 10000;
const READY = 'Ready to accept connections';
const running = new Set();

/** Whether this machine has a redis-server at all. */
export function hasRedis() {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

// Below the range from which the kernel takes the ports of outgoing connections: a client that tries again and again
// while the server is away could otherwise be given the server's own port, and would connect to itself.
function portRangeEnd() {
  const [lowestEphemeral] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/);
  return Math.max(Number(lowestEphemeral), LOWEST_PORT + 1);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: HOST, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A port on loopback that nobody listens on. */
export async function freePort() {
  const end = portRangeEnd();
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * (end - LOWEST_PORT));
    if (await isFree(port)) {
      return port;
    }
  }
}

function cleanUp() {
  for (const redis of running) {
    redis.destroy();
  }
}

let guarded = false;
function guard() {
  if (guarded) {
    return;
  }
  guarded = true;
  process.on('exit', cleanUp);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      // Someone else who listens decides about the end; the `exit` handler above cleans up then.
      if (process.listenerCount(signal) > 0) {
        return;
      }
      cleanUp();
      process.kill(process.pid, signal);
    });
  }
}

class PrivateRedis {
  #child;
  #log = [];

  constructor(port, password) {
    this.host = HOST;
    this.port = port;
    this.password = password;
    this.directory = mkdtempSync(join(tmpdir(), 'realtime-redis-'));
    // The password goes through a file that only this user can read; arguments can be seen by everyone.
    writeFileSync(
      this.#config,
      [
        `bind ${HOST}`,
        `port ${port}`,
        `dir ${this.directory}`,
        'daemonize no',
        'save ""',
        'appendonly no',
        ...(password === undefined ? [] : [`requirepass ${password}`]),
        '',
      ].join('\n'),
      { mode: 0o600 },
    );
    guard();
    running.add(this);
  }

  get #config() {
    return join(this.directory, 'redis.conf');
  }

  get pid() {
    return this.#child?.pid;
  }

  /** The environment that leads the module to this server. */
  get environment() {
    return {
      REALTIME_BACKEND: 'redis',
      REDIS_HOST: this.host,
      REDIS_PORT: String(this.port),
      ...(this.password === undefined ? {} : { REDIS_PASSWORD: this.password }),
    };
  }

  /** Starts the server (again, on the same port) and waits until it takes connections. */
  async start() {
    // Should this process be killed outright, the kernel ends the server too. It is detached so that Ctrl-C in a terminal
    // ends its users first, and not all of them at once.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'redis-server', this.#config], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    this.#log = [];
    const failed = once(child, 'close').then(([code]) => {
      throw new Error(`redis-server ended with ${code}:\n${this.#log.join('\n')}`);
    });
    const ready = new Promise((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          this.#log.push(line);
          if (line.includes(READY)) {
            resolve();
          }
        });
      }
    });
    failed.catch(() => undefined);
    await Promise.race([ready, failed]);
    return this;
  }

  /** Ends the server, and waits until it is gone. It can be started again. */
  async stop(signal = 'SIGTERM') {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Ends the server for good and removes its folder. */
  async close() {
    await this.stop();
    this.destroy();
  }

  /** The same without waiting, for the way out of the process. */
  destroy() {
    running.delete(this);
    this.#child?.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Starts a private server. `password` makes it ask for one. */
export async function startRedis({ password } = {}) {
  const redis = new PrivateRedis(await freePort(), password);
  try {
    return await redis.start();
  } catch (error) {
    redis.destroy();
    throw error;
  }
}

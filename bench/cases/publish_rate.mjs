// Publishing as fast as can be, until the server has everything.
import { spawn } from 'node:child_process';
import { RAW_BYTES, raw } from '../harness/payloads.mjs';
import { assertNothingLost, finish, startHost } from '../harness/subject.mjs';
import { ratio } from '../harness/targets.mjs';

const MESSAGES = 1_000_000;
const PIPELINE = 32;

async function ours(redis) {
  const subject = startHost(redis, 'publish_rate.lua', [MESSAGES, RAW_BYTES], { tickrate: 1000 });
  return finish(subject, ({ run }, [messages, seconds]) => {
    assertNothingLost(run.stats);
    return { rate: Number(messages) / Number(seconds) };
  });
}

/** redis-benchmark with one client; its own figure. */
function redisBenchmark(redis) {
  const args = ['-h', redis.host, '-p', redis.port, '-c', 1, '-P', PIPELINE, '-n', MESSAGES, '--csv', 'PUBLISH', 'bench:publish', raw()];
  const child = spawn('redis-benchmark', args.map(String), { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const rate = Number(/^"[^"]*","([\d.]+)"/m.exec(text.split('\n').slice(1).join('\n'))?.[1]);
      if (Number.isNaN(rate)) {
        reject(new Error(`redis-benchmark told no rate:\n${text}`));
      }
      resolve({ rate });
    });
  });
}

export default {
  number: 2,
  name: 'publish-rate',
  title: `Sustained Publish of ${RAW_BYTES} bytes until Redis has all`,
  about:
    `${MESSAGES.toLocaleString('en-US')} messages. Every frame (1,000 a second) publishes as much as the outbound queue takes; a message ` +
    'counts once the server has answered it. redis-benchmark sends the same with one client and 32 commands in a pipeline.',
  metrics: { rate: { title: 'messages a second', unit: '/s', digits: 0, better: 'higher' } },
  contenders: [
    { name: 'realtime', title: 'realtime.Publish', run: ours },
    { name: 'redis-benchmark', baseline: true, title: `redis-benchmark -c 1 -P ${PIPELINE}`, run: redisBenchmark },
  ],
  targets: [ratio({ metric: 'rate', baseline: 'redis-benchmark', atLeast: 0.5, text: 'at least half of redis-benchmark' })],
};

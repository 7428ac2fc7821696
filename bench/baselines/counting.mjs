// What the subscribers under Node.js share: counting, acknowledging every batch, telling the result.
import { argv, stdout } from 'node:process';

const MILLISECONDS = 1000;

/** As many patterns as asked for, each another one, all of which match "bench:data": [d17] matches the d. */
const patternsOf = (count) => Array.from({ length: count }, (_, i) => `bench:[d${i + 1}]ata`);

/**
 * Where the server is, what to subscribe to (a channel, or patterns where those were asked for) and in which form, and a function to
 * call for each message.
 */
export function counter() {
  const [host, port, kind, channel, topics, total, batch, form] = argv.slice(2);
  const messages = Number(total);
  const every = Number(batch);
  let received = 0;
  let first = 0;
  return {
    host,
    port: Number(port),
    channel,
    patterns: kind === 'pattern' ? patternsOf(Number(topics)) : undefined,
    asBuffers: form === 'buffers',
    count(acknowledge) {
      if (received === 0) {
        first = performance.now();
      }
      received++;
      if (received % every === 0) {
        acknowledge();
      }
      if (received === messages) {
        mark(`result ${received} ${(performance.now() - first) / MILLISECONDS}`);
      }
    },
  };
}

export function mark(text) {
  stdout.write(`@@ ${text}\n`);
}

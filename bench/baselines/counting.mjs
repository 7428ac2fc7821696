// What the subscribers under Node.js share: counting, acknowledging every batch, telling the result.
import { argv, stdout } from 'node:process';

const MILLISECONDS = 1000;

/** Where the server is, what to subscribe to and in which form, and a function to call for each message. */
export function counter() {
  const [host, port, , channel, , total, batch, form] = argv.slice(2);
  const messages = Number(total);
  const every = Number(batch);
  let received = 0;
  let first = 0;
  return {
    host,
    port: Number(port),
    channel,
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

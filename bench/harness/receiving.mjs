// Receiving as fast as can be: one and the same sender for whoever receives.
import { processorSeconds } from './process.mjs';
import { assertNothingLost, startProgram } from './subject.mjs';

// Messages on their way at once: so many that nobody waits for the sender, fewer than the inbound queue holds that bench/lua/receive.lua
// asks for, and bytes below what makes the server close a slow subscriber, so that nothing can be dropped anywhere.
const BATCH_MESSAGES = 2500;
const BATCH_BYTES = 1 << 20;
const WINDOW = 12;
const MICROSECONDS = 1e6;

/** How many of these messages go into a batch, each arriving `copies` times. */
export function batchSize(payload, copies = 1) {
  return Math.max(1, Math.floor(Math.min(BATCH_MESSAGES, BATCH_BYTES / Buffer.byteLength(payload)) / copies));
}

/**
 * Sends `messages` of `payload` over `topics` channels to a subject that `start(total, batch)` brings up, and answers
 * `rate` (messages a second, from the first to the last in the subject itself) and `cost` (µs of processor time a message,
 * all threads of the subject, the frame loop included). With `copies` every message arrives that many times.
 */
export async function receive(redis, { channel, payload, topics = 1, copies = 1, messages }, start) {
  const batch = batchSize(payload, copies);
  const total = Math.ceil(messages / batch) * batch;
  const subject = start(total * copies, batch * copies);
  let sender;
  try {
    await subject.ready;
    const before = processorSeconds(subject.pid);
    sender = startProgram(redis, 'pipelined_publisher', [channel, topics, total, batch, WINDOW, payload]);
    const [received, seconds] = (await Promise.race([subject.result, failed(sender)])).map(Number);
    const processor = processorSeconds(subject.pid) - before;
    assertNothingLost(subject.run.stats);
    return { rate: received / seconds, cost: (processor / received) * MICROSECONDS };
  } finally {
    await subject.stop();
    await sender?.stop();
  }
}

/** A sender that fails is heard of; one that is done is not. */
async function failed(sender) {
  const { code, signal, output } = await sender.run.ended;
  if (code !== 0) {
    throw new Error(`the sender ended with ${code ?? signal}:\n${output}`);
  }
  return new Promise(() => undefined);
}

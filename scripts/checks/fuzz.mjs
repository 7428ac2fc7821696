// Every fuzzer for a short while, always with the same seed: two at a time.
import { FUZZERS, SHORT_SEED } from '../fuzz/fuzzers.mjs';
import { JOBS } from './run.mjs';

export async function fuzz(log) {
  const waiting = [...FUZZERS];
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const worker = async () => {
    for (let fuzzer = waiting.shift(); fuzzer !== undefined; fuzzer = waiting.shift()) {
      const parts = [];
      const start = performance.now();
      const { executions, findings } = await fuzzer.run({
        runs: fuzzer.short,
        seed: SHORT_SEED,
        report: () => undefined,
        log: (text) => parts.push(text),
      });
      const took = ((performance.now() - start) / 1000).toFixed(1);
      log.write(`${fuzzer.name}: ${executions} ${fuzzer.unit}, ${took} s, ${findings.length} findings\n`);
      // One that did nothing has found nothing.
      counts[executions > 0 && findings.length === 0 ? 'passed' : 'failed']++;
      if (findings.length > 0) {
        log.write(`${parts.join('')}\n`);
      }
      for (const { what, reproduce } of findings) {
        log.write(`  ${what}\n  reproduce: ${reproduce}\n`);
      }
    }
  };
  await Promise.all(Array.from({ length: JOBS }, worker));
  return counts;
}

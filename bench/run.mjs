// `npm run bench`: what ships, beside the physical limit and the alternatives, in one run. See bench/README.md.
import { constants } from 'node:os';
import { hasRedis } from '../scripts/private-redis.mjs';
import { benchmarks } from './cases/index.mjs';
import { LEAST_ROUNDS, parse } from './harness/command_line.mjs';
import { keep } from './harness/results.mjs';
import { runBenchmark } from './harness/rounds.mjs';
import { announce, progress, showResult, showTargets, teller } from './harness/screen.mjs';
import { write } from './report/write.mjs';

const EXIT_SHORT = 1;
const EXIT_SIGNAL_BASE = 128;

async function main() {
  const { chosen, options } = parse(process.argv.slice(2), benchmarks);
  if (!hasRedis()) {
    process.stderr.write('bench: redis-server is not installed\n');
    return EXIT_SHORT;
  }
  const results = [];
  for (const benchmark of chosen) {
    const rounds = benchmark.rounds ?? options.rounds;
    const isComplete = benchmark.isComplete?.(options) ?? rounds >= LEAST_ROUNDS;
    announce(benchmark, rounds);
    const result = await runBenchmark(benchmark, { rounds, options: { ...options, progress }, tell: teller(benchmark) });
    showResult(benchmark, result);
    results.push({ benchmark, ...result });
    if (isComplete) {
      // At once: a later one that fails takes nothing of it away.
      keep(benchmark, rounds, result);
      write();
    }
  }
  showTargets(results);
  return results.every(({ targets }) => targets.every(({ reached }) => reached)) ? 0 : EXIT_SHORT;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => process.exit(EXIT_SIGNAL_BASE + constants.signals[signal]));
}
process.exitCode = await main();
process.exit();

// Runs one benchmark: every contender in every round, on a redis-server of its own.
import { startRedis } from '../../scripts/private-redis.mjs';
import { median } from './statistics.mjs';

/** Who goes first changes with every round: what warms up or slows down meets them all. */
function inTurn(contenders, round) {
  const first = round % contenders.length;
  return [...contenders.slice(first), ...contenders.slice(0, first)];
}

const spread = (values) => ({ median: median(values), lowest: Math.min(...values), highest: Math.max(...values), rounds: values });

/** What the rounds say of a target: the figure, its spread and whether it was reached. */
export function judge(target, rounds) {
  const { text, unit, atLeast, atMost, worst = false } = target;
  const figures = rounds.map((round) => target.figure(round));
  const furthest = atLeast === undefined ? Math.max(...figures) : Math.min(...figures);
  const figure = worst ? furthest : median(figures);
  const reached = (atLeast === undefined || figure >= atLeast) && (atMost === undefined || figure <= atMost);
  return { text, unit, atLeast, atMost, figure, ...spread(figures), reached };
}

function summarize({ name, title, baseline, curve, x }, { metrics, histogram }, rounds) {
  const own = rounds.map((round) => round[name]);
  const summary = { name, title, baseline, curve, x, metrics: {} };
  for (const key of Object.keys(metrics)) {
    if (own.every((values) => values[key] !== undefined)) {
      summary.metrics[key] = spread(own.map((values) => values[key]));
    }
  }
  if (histogram !== undefined) {
    summary.histogram = histogram(own.flatMap(({ samples }) => samples));
  }
  const { series } = own.at(-1);
  return series === undefined ? summary : { ...summary, series };
}

/**
 * Answers the result of a benchmark. `tell` is called with the round, the contender and its metrics as soon as they are
 * known, and with the round and the contender alone when it starts.
 */
export async function runBenchmark(benchmark, { rounds: count, options, tell }) {
  const redis = await startRedis();
  const rounds = [];
  try {
    for (let round = 0; round < count; round++) {
      const values = {};
      for (const contender of inTurn(benchmark.contenders, round)) {
        tell(round, contender);
        values[contender.name] = await contender.run(redis, options);
        tell(round, contender, values[contender.name]);
      }
      rounds.push(values);
    }
  } finally {
    await redis.close();
  }
  return {
    contenders: benchmark.contenders.map((contender) => summarize(contender, benchmark, rounds)),
    targets: benchmark.targets.map((target) => judge(target, rounds)),
  };
}

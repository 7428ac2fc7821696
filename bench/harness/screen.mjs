// What is shown while it runs, and the table at the end.
import { bound, figure, metric, outcome } from './format.mjs';

const isTerminal = process.stdout.isTTY === true;
const print = (text = '') => process.stdout.write(`${text}\n`);

export function announce(benchmark, rounds) {
  print(`\n${benchmark.number === undefined ? '' : `${benchmark.number}. `}${benchmark.title}`);
  print(`   ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, ${benchmark.contenders.length} contenders`);
}

/** The function that runBenchmark calls: what runs now (on a terminal), and a line for all that is done. */
export function teller(benchmark) {
  const width = Math.max(...benchmark.contenders.map(({ title }) => title.length));
  return (round, { title }, values) => {
    const head = `   round ${round + 1}  ${title.padEnd(width)}`;
    if (values === undefined) {
      if (isTerminal) {
        process.stdout.write(`${head}  …`);
      }
      return;
    }
    const texts = Object.entries(benchmark.metrics).flatMap(([key, each]) =>
      values[key] === undefined ? [] : [`${metric(values[key], each).padStart(14)}${each.better === undefined || key === 'rate' || key === 'ns' ? '' : ` ${each.short ?? each.title}`}`],
    );
    print(`${isTerminal ? '\r' : ''}${head}${texts.join(' ')}`);
  };
}

const PROGRESS_MS = 10_000;
let lastProgress = 0;

/** Something long tells how far it is: in place on a terminal, now and then elsewhere. */
export function progress(text) {
  if (isTerminal) {
    process.stdout.write(`\r   ${text}   `);
  } else if (performance.now() - lastProgress >= PROGRESS_MS) {
    lastProgress = performance.now();
    print(`   ${text}`);
  }
}

const verdict = (target) => outcome(target, 'NOT REACHED');

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    print(`  ${row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}`);
  }
}

export function showResult(benchmark, { contenders }) {
  const rows = contenders.flatMap(({ title, metrics }) =>
    Object.entries(metrics).map(([key, { median, lowest, highest }]) => {
      const each = benchmark.metrics[key];
      return [title, each.title, metric(median, each), `${metric(lowest, each)} … ${metric(highest, each)}`];
    }),
  );
  print();
  table([['median of the rounds', '', '', 'lowest … highest'], ...rows]);
}

export function showTargets(results) {
  print();
  table([
    ['#', 'target', 'bound', 'figure', 'lowest … highest', 'verdict'],
    ...results.flatMap(({ benchmark, targets }) =>
      targets.map((target) => [
        String(benchmark.number ?? ''),
        `${benchmark.name}: ${target.text}`,
        bound(target),
        figure(target.figure, target.unit),
        `${figure(target.lowest, target.unit)} … ${figure(target.highest, target.unit)}`,
        verdict(target),
      ]),
    ),
  ]);
  print();
}

// The words after `npm run bench --`.
const EXIT_BAD_USAGE = 2;
/** Fewer say too little to be kept. */
export const LEAST_ROUNDS = 5;
const QUICK_ROUNDS = 2;
const QUICK_SECONDS = 60;
const NUMBERS = ['--rounds', '--seconds'];

const HELP = `Usage: npm run bench -- [NAME…] [options]

Runs all benchmarks, or those named (by name or number), and shows target, figure and verdict. Ends with 1 when a target is
missed. Unless it was cut short, the results are kept in bench/results, and docs/PERFORMANCE.md is written from them.

  --list         what there is
  --rounds N     rounds of each (default ${LEAST_ROUNDS}; fewer are not kept)
  --quick        ${QUICK_ROUNDS} rounds, and a soak of ${QUICK_SECONDS} seconds; nothing is kept
  --seconds N    length of the soak (default: an hour; less is not kept)
  --help         this text
`;

function badUsage(text) {
  process.stderr.write(`bench: ${text}\n`);
  process.exit(EXIT_BAD_USAGE);
}

function list(benchmarks) {
  const width = Math.max(...benchmarks.map(({ name }) => name.length)) + 2;
  return benchmarks.map(({ number, name, title }) => `  ${String(number ?? '').padStart(2)}  ${name.padEnd(width)}${title}\n`).join('');
}

function show(text) {
  process.stdout.write(text);
  process.exit();
}

function whole(option, text) {
  return /^[1-9]\d*$/.test(text ?? '') ? Number(text) : badUsage(`${option} takes a whole number from 1`);
}

/** The chosen benchmarks and the options. What is wrong or asks for a text ends the process here. */
export function parse(words, benchmarks) {
  const options = { rounds: LEAST_ROUNDS };
  const named = new Set();
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === '--list') {
      show(list(benchmarks));
    } else if (word === '--help') {
      show(`${HELP}\n${list(benchmarks)}`);
    } else if (word === '--quick') {
      options.rounds = QUICK_ROUNDS;
      options.seconds = QUICK_SECONDS;
    } else if (NUMBERS.includes(word)) {
      options[word.slice(2)] = whole(word, words[++i]);
    } else if (word.startsWith('-')) {
      badUsage(`there is no option "${word}"; --help lists them`);
    } else {
      named.add(benchmarks.find(({ name, number }) => word === name || word === String(number)) ?? badUsage(`there is no benchmark "${word}"; --list shows them`));
    }
  }
  return { chosen: named.size === 0 ? benchmarks : benchmarks.filter((each) => named.has(each)), options };
}

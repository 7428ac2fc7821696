// What a benchmark has to reach: a figure of each round, their median (or the worst of them), a bound.

/** Whether there is anything to reach; a figure without a bound is only told. */
export const isBound = ({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined;

/** How many times the baseline the subject is, round by round. */
export function ratio({ metric, baselineMetric = metric, subject = 'realtime', baseline, text, atLeast, atMost }) {
  return { text, atLeast, atMost, unit: '×', figure: (round) => round[subject][metric] / round[baseline][baselineMetric] };
}

/** The subject's own figure. */
export function value({ metric, subject = 'realtime', text, unit, atLeast, atMost }) {
  return { text, atLeast, atMost, unit, figure: (round) => round[subject][metric] };
}

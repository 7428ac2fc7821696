// What a benchmark has to reach: a figure of each round, their median (or the worst of them), a bound.

/** How many times the baseline the subject is, round by round. */
export function ratio({ metric, baselineMetric = metric, subject = 'realtime', baseline, text, atLeast, atMost }) {
  return { text, atLeast, atMost, unit: '×', figure: (round) => round[subject][metric] / round[baseline][baselineMetric] };
}

/** The subject's own figure. */
export function value({ metric, subject = 'realtime', text, unit, atLeast, atMost }) {
  return { text, atLeast, atMost, unit, figure: (round) => round[subject][metric] };
}

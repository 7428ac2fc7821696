// How a cost grows along an axis: contenders that are points of curves, and the bounds of their growth.

/** A contender for each point of each curve: `curves` maps a name to { title, run(x) }. */
export function points(axis, curves) {
  return axis.flatMap((x) =>
    Object.entries(curves).map(([curve, { title, run }]) => ({ name: `${curve}-${x}`, title: `${title}, ${x.toLocaleString('en-US')}`, curve, x, run: run(x) })),
  );
}

/** The cost at the end of the axis, in units of the cost at its beginning. */
export function flat({ axis, metric, curve = 'realtime', atMost, text }) {
  const [first, last] = [axis[0], axis.at(-1)];
  return { text, atMost, unit: '×', figure: (round) => round[`${curve}-${last}`][metric] / round[`${curve}-${first}`][metric] };
}

/** The growth of the cost from `from` to the end of the axis, over the growth of the axis: 1 is linear. */
export function linear({ axis, from, metric, curve = 'realtime', text }) {
  const last = axis.at(-1);
  return { text, atMost: 1, unit: '×', figure: (round) => round[`${curve}-${last}`][metric] / round[`${curve}-${from}`][metric] / (last / from) };
}

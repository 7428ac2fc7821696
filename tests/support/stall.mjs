// What tests/host/e2e/lua/stall.lua tells of the calls on the game thread.
import { assertTook } from './timing.mjs';

const CALLS_A_LATE_ONE = 10_000_000;

/** The account of a run: of publishes and of deliveries the longest call and how many were late, and of all how many were excused. */
export function stallOf(run) {
  const [calls, excused] = run.last('calls').map(Number);
  const kinds = run.all('stall').map(([kind, ...numbers]) => {
    const [longest, late, longestLate] = numbers.map(Number);
    return [kind, { longest, late, longestLate }];
  });
  return { calls, excused, ...Object.fromEntries(kinds) };
}

/**
 * No call waited for longer than it may (milliseconds). Of publishes and of deliveries one each, and one more in ten million, may
 * seem to have worked for longer, whose fault may be the machine's; the test `t` tells of it.
 */
export function assertNoStall(t, { calls, ...kinds }, limits) {
  for (const kind of ['publish', 'process']) {
    const { longest, late, longestLate } = kinds[kind];
    assertTook(t, longest, limits[kind], `a ${kind} call took ${longest} ms`);
    if (late > 0) {
      t.diagnostic?.(`${late} ${kind} calls seem to have worked for up to ${longestLate} ms`);
    }
    assertTook(t, late, 1 + Math.floor(calls / CALLS_A_LATE_ONE), `${late} ${kind} calls of ${calls} worked for too long, for up to ${longestLate} ms`);
  }
}

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

/** No call waited for longer than it may (milliseconds), and none was late but those whose fault may be the machine's. */
export function assertNoStall(t, { calls, publish, process }, { publishMs, processMs }) {
  assertTook(t, publish.longest, publishMs, `a publish call took ${publish.longest} ms`);
  assertTook(t, process.longest, processMs, `a ProcessEvents call took ${process.longest} ms`);
  const late = publish.late + process.late;
  assertTook(t, late, 1 + Math.floor(calls / CALLS_A_LATE_ONE), `${late} of ${calls} calls worked for too long, for up to ${Math.max(publish.longestLate, process.longestLate)} ms`);
}

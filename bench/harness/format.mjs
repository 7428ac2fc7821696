// Numbers as people read them; the same in the terminal and in the documentation.
import { isBound } from './targets.mjs';

/** `digits` after the point, thousands separated. */
export function number(value, digits = 0) {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const withUnit = (text, unit) => (unit === '' || unit === '×' ? `${text}${unit === '×' ? ' ×' : ''}` : `${text} ${unit}`);

export function metric(value, { unit, digits }) {
  return withUnit(number(value, digits), unit);
}

/** As many digits as a ratio or a figure of a target needs to be compared with its bound. */
export function figure(value, unit) {
  const digits = unit === '×' ? (Math.abs(value) < 0.1 ? 4 : 2) : Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0;
  return withUnit(number(value, digits), unit);
}

/** The verdict on a target; `missed` is how it is said there that it was not reached. */
export function outcome(target, missed) {
  const passed = isBound(target) ? 'reached' : 'only told';
  return target.reached ? passed : missed;
}

export function bound({ atLeast, atMost, unit }) {
  if (!isBound({ atLeast, atMost })) {
    return '-';
  }
  return atLeast === undefined ? `≤ ${figure(atMost, unit)}` : `≥ ${figure(atLeast, unit)}`;
}

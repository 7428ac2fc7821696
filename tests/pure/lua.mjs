// As much of Lua as the pure modules use, for Node.js: strings are bytes (one character each, 0 to 255), patterns are Lua's.

const CLASSES = {
  a: (c) => /[A-Za-z]/.test(c),
  c: (c) => c.charCodeAt(0) < 32 || c.charCodeAt(0) === 127,
  d: (c) => /[0-9]/.test(c),
  s: (c) => /[ \t\n\v\f\r]/.test(c),
  w: (c) => /[A-Za-z0-9]/.test(c),
  x: (c) => /[0-9A-Fa-f]/.test(c),
};

function inClass(c, letter) {
  const test = CLASSES[letter.toLowerCase()];
  if (test === undefined) {
    return c === letter;
  }
  return test(c) === (letter === letter.toLowerCase());
}

/** Where the single-character part of a pattern at `p` ends. */
function endOfItem(pattern, p) {
  if (pattern[p] === '%') {
    return p + 2;
  }
  if (pattern[p] !== '[') {
    return p + 1;
  }
  let at = p + (pattern[p + 1] === '^' ? 2 : 1);
  do {
    at += pattern[at] === '%' ? 2 : 1;
  } while (pattern[at] !== ']');
  return at + 1;
}

function inSet(c, set) {
  let at = set[1] === '^' ? 2 : 1;
  const negated = at === 2;
  while (at < set.length - 1) {
    if (set[at] === '%') {
      if (inClass(c, set[at + 1])) {
        return !negated;
      }
      at += 2;
    } else if (set[at + 1] === '-' && at + 2 < set.length - 1) {
      if (c >= set[at] && c <= set[at + 2]) {
        return !negated;
      }
      at += 3;
    } else {
      if (set[at] === c) {
        return !negated;
      }
      at++;
    }
  }
  return negated;
}

function fits(text, s, pattern, p, end) {
  if (s >= text.length) {
    return false;
  }
  const item = pattern.slice(p, end);
  if (item === '.') {
    return true;
  }
  if (item[0] === '%') {
    return inClass(text[s], item[1]);
  }
  return item[0] === '[' ? inSet(text[s], item) : item === text[s];
}

/** Lua's own backtracking matcher, without %b, %f and back references. Answers where the match ends, or -1. */
function match(text, s, pattern, p, captures) {
  if (p === pattern.length) {
    return s;
  }
  if (pattern[p] === '(') {
    captures.push({ start: s, end: -1 });
    const found = match(text, s, pattern, p + 1, captures);
    if (found < 0) {
      captures.pop();
    }
    return found;
  }
  if (pattern[p] === ')') {
    const open = captures.findLast((capture) => capture.end < 0);
    open.end = s;
    const found = match(text, s, pattern, p + 1, captures);
    if (found < 0) {
      open.end = -1;
    }
    return found;
  }
  if (pattern[p] === '$' && p + 1 === pattern.length) {
    return s === text.length ? s : -1;
  }
  const end = endOfItem(pattern, p);
  const one = (at) => fits(text, at, pattern, p, end);
  switch (pattern[end]) {
    case '?': {
      const found = one(s) ? match(text, s + 1, pattern, end + 1, captures) : -1;
      return found >= 0 ? found : match(text, s, pattern, end + 1, captures);
    }
    case '-':
      for (let at = s; ; at++) {
        const found = match(text, at, pattern, end + 1, captures);
        if (found >= 0 || !one(at)) {
          return found;
        }
      }
    case '*':
    case '+': {
      let count = 0;
      while (one(s + count)) {
        count++;
      }
      for (const least = pattern[end] === '+' ? 1 : 0; count >= least; count--) {
        const found = match(text, s + count, pattern, end + 1, captures);
        if (found >= 0) {
          return found;
        }
      }
      return -1;
    }
    default:
      return one(s) ? match(text, s + 1, pattern, end, captures) : -1;
  }
}

/** The first match from `from` on: its captures (or the whole), where it begins and ends; or undefined. */
function search(text, pattern, from = 0) {
  const isAnchored = pattern[0] === '^';
  for (let s = from; s <= text.length; s++) {
    const captures = [];
    const end = match(text, s, pattern, isAnchored ? 1 : 0, captures);
    if (end >= 0) {
      const values = captures.map((capture) => text.slice(capture.start, capture.end));
      return { values: values.length > 0 ? values : [text.slice(s, end)], start: s, end };
    }
    if (isAnchored) {
      return undefined;
    }
  }
  return undefined;
}

function* gmatch(text, pattern) {
  for (let at = 0; at <= text.length; ) {
    const found = search(text, pattern, at);
    if (found === undefined) {
      return;
    }
    yield found.values[0];
    at = found.end > found.start ? found.end : found.end + 1;
  }
}

function gsub(text, pattern, replacement) {
  let result = '';
  let at = 0;
  let count = 0;
  while (at <= text.length) {
    const found = search(text, pattern, at);
    if (found === undefined || (pattern[0] === '^' && count > 0)) {
      break;
    }
    count++;
    result += text.slice(at, found.start);
    result += typeof replacement === 'function' ? replacement(found.values[0]) : replacement;
    if (found.end === found.start) {
      result += text[found.end] ?? '';
      at = found.end + 1;
    } else {
      at = found.end;
    }
  }
  return [result + text.slice(at), count];
}

/** A number as `%.14g` has it. */
function numberText(value) {
  if (Number.isNaN(value)) {
    return 'nan';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? 'inf' : '-inf';
  }
  if (value === 0) {
    return Object.is(value, -0) ? '-0' : '0';
  }
  const [mantissa, exponent] = value.toExponential(13).split('e');
  const power = Number(exponent);
  if (power >= -5 + 1 && power < 14) {
    const fixed = value.toFixed(Math.max(0, 13 - power));
    return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  }
  const digits = mantissa.replace(/\.?0+$/, '');
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

const tostring = (value) => (value === undefined ? 'nil' : typeof value === 'number' ? numberText(value) : String(value));

function type(value) {
  if (value === undefined || value === null) {
    return 'nil';
  }
  return typeof value === 'object' ? 'table' : typeof value;
}

/** A JavaScript array stands for a Lua list: its first key is 1. What is undefined is not there. */
const keysOf = (target) => (Array.isArray(target) ? [...target.keys()].filter((key) => target[key] !== undefined).map((key) => key + 1) : Object.keys(target).filter((key) => target[key] !== undefined));

class Vector {
  constructor(x, y, z) {
    Object.assign(this, { x, y, z });
  }
}
const metatables = new WeakMap();

export const globals = {
  $multi: (...values) => values,
  LuaMap: Map,
  LuaSet: Set,
  LuaTable: Map,
  Vector: (x, y, z) => new Vector(x, y, z),
  getmetatable: (target) => metatables.get(target),
  isvector: (value) => value instanceof Vector,
  math: { floor: Math.floor, max: Math.max, min: Math.min },
  next: (target, key) => {
    const keys = keysOf(target);
    const following = keys[key === undefined ? 0 : keys.indexOf(key) + 1];
    return following === undefined ? [undefined, undefined] : [following, globals.rawget(target, following)];
  },
  pairs: (target) => Object.entries(target),
  setmetatable: (target, metatable) => {
    metatables.set(target, metatable);
    return target;
  },
  rawget: (target, key) => (Array.isArray(target) ? target[key - 1] : Object.hasOwn(target, key) ? target[key] : undefined),
  string: {
    byte: (text, position) => text.charCodeAt(position - 1),
    char: (...codes) => String.fromCharCode(...codes),
    format: (format, value) => {
      if (format !== '%d') {
        throw new Error(`string.format with ${format}`);
      }
      return String(Math.trunc(value));
    },
    gmatch,
    gsub,
    lower: (text) => text.replace(/[A-Z]/g, (c) => c.toLowerCase()),
    match: (text, pattern, from = 1) => search(text, pattern, from - 1)?.values ?? [],
    sub: (text, from, to = text.length) => text.slice(from - 1, to),
  },
  table: {
    concat: (list, separator = '') => list.map(tostring).join(separator),
    sort: (list) => list.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
  },
  tonumber: (text, base = 10) => (base === 16 ? parseInt(text, 16) : Number(text)),
  tostring,
  type,
};

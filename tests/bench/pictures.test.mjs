// The pictures of the documentation are a function of the results.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../../bench/report/pictures.mjs';

const spread = (median) => ({ median, lowest: median / 2, highest: median * 2, rounds: [median] });
const bars = {
  name: 'publish-rate',
  title: 'bars',
  metrics: { rate: { title: 'rate', unit: '/s', digits: 0, better: 'higher' } },
  contenders: [1, 2].map((n) => ({ name: `c${n}`, title: `contender ${n}`, metrics: { rate: spread(n * 1000) } })),
};
const histogram = {
  name: 'latency',
  title: 'histogram',
  contenders: [1, 2].map((n) => ({ name: `c${n}`, title: `contender ${n}`, histogram: [[10 * n, 20 * n, 5], [40 * n, 80 * n, 1]] })),
};

test('the same result gives the same picture, whatever was drawn before', () => {
  const first = picture(bars);
  const other = picture(histogram);
  assert.equal(picture(bars), first);
  assert.equal(picture(histogram), other);
  assert.notEqual(first, other);
});

test('names and figures stand in the picture', () => {
  const svg = picture(bars);
  for (const text of ['contender 1', 'contender 2', '1,000 /s', '2,000 /s']) {
    assert.ok(svg.includes(text), text);
  }
});

// The figures and verdicts of the benchmark, on numbers that are known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flat, linear, points } from '../../bench/harness/growth.mjs';
import { bound, outcome } from '../../bench/harness/format.mjs';
import { judge } from '../../bench/harness/rounds.mjs';
import { logHistogram, median, quantiles } from '../../bench/harness/statistics.mjs';
import { ratio, value } from '../../bench/harness/targets.mjs';

const rounds = [
  { realtime: { rate: 90, p99: 10 }, hiredis: { rate: 100, p99: 5 } },
  { realtime: { rate: 40, p99: 30 }, hiredis: { rate: 50, p99: 5 } },
  { realtime: { rate: 70, p99: 20 }, hiredis: { rate: 100, p99: 5 } },
];

test('a ratio is taken round by round, and the figure is the median of the rounds', () => {
  const { figure, lowest, highest, reached } = judge(ratio({ metric: 'rate', baseline: 'hiredis', atLeast: 0.8, text: '' }), rounds);
  assert.deepEqual({ figure, lowest, highest, reached }, { figure: 0.8, lowest: 0.7, highest: 0.9, reached: true });
});

test('a ratio that falls short is told', () => {
  assert.equal(judge(ratio({ metric: 'rate', baseline: 'hiredis', atLeast: 0.81, text: '' }), rounds).reached, false);
  assert.equal(judge(ratio({ metric: 'p99', baseline: 'hiredis', atMost: 3.9, text: '' }), rounds).reached, false);
});

test('a figure without a bound is told, and nothing more', () => {
  const told = judge(ratio({ metric: 'rate', baseline: 'hiredis', text: '' }), rounds);
  assert.deepEqual([told.figure, told.reached, bound(told), outcome(told, 'missed')], [0.8, true, '-', 'only told']);
  const reached = judge(ratio({ metric: 'rate', baseline: 'hiredis', atLeast: 0.8, text: '' }), rounds);
  assert.equal(outcome(reached, 'missed'), 'reached');
  assert.equal(outcome({ ...reached, reached: false }, 'missed'), 'missed');
});

test('a figure that is missing reaches nothing', () => {
  assert.equal(judge(value({ metric: 'nothing', unit: '', atMost: 5, text: '' }), rounds).reached, false);
});

test('where the worst round counts, one bad round is enough', () => {
  const target = value({ metric: 'p99', unit: 'ms', atMost: 25, text: '' });
  assert.equal(judge(target, rounds).reached, true);
  assert.equal(judge({ ...target, worst: true }, rounds).reached, false);
});

test('medians of odd and even lists', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test('quantiles are values that were measured', () => {
  const values = Array.from({ length: 1000 }, (_, i) => 1000 - i);
  assert.deepEqual(quantiles(values), { p50: 500, p99: 990, p999: 999, max: 1000 });
  assert.deepEqual(quantiles([7]), { p50: 7, p99: 7, p999: 7, max: 7 });
});

test('a histogram counts every value once, each within its bin', () => {
  const values = [0.5, 1, 9.99, 10, 99, 1000];
  const bins = logHistogram(values, 1);
  assert.deepEqual(bins, [[0.1, 1, 1], [1, 10, 2], [10, 100, 2], [1000, 10_000, 1]]);
});

test('growth: flat compares the ends, linear is 1 when the cost grows as the axis does', () => {
  const axis = [1, 10, 100];
  const [cost] = [{ 'realtime-1': { cost: 2 }, 'realtime-10': { cost: 3 }, 'realtime-100': { cost: 30 } }];
  assert.equal(flat({ axis, metric: 'cost', atMost: 1, text: '' }).figure(cost), 15);
  assert.equal(linear({ axis, from: 10, metric: 'cost', text: '' }).figure(cost), 1);
  const names = points(axis, { realtime: { title: 'ours', run: () => undefined } }).map(({ name }) => name);
  assert.deepEqual(names, Object.keys(cost));
});

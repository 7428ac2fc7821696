// Medians, quantiles and histograms.

/** The value at a fraction (0 to 1) of a sorted list: the nearest rank. */
export function quantile(sorted, fraction) {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(fraction * sorted.length) - 1))];
}

export const sort = (values) => [...values].sort((a, b) => a - b);

export function median(values) {
  const sorted = sort(values);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const FRACTIONS = { p50: 0.5, p99: 0.99, p999: 0.999, max: 1 };

/** p50, p99, p99.9 and the largest. */
export function quantiles(values) {
  const sorted = sort(values);
  return Object.fromEntries(Object.entries(FRACTIONS).map(([name, fraction]) => [name, quantile(sorted, fraction)]));
}

/** Counts in bins of equal width on a logarithmic axis, `perDecade` bins to a factor of ten: [lower edge, upper edge, count]. */
export function logHistogram(values, perDecade = 20) {
  const counts = new Map();
  for (const value of values) {
    const bin = Math.floor(Math.log10(Math.max(value, Number.MIN_VALUE)) * perDecade);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const edge = (bin) => Number((10 ** (bin / perDecade)).toPrecision(6));
  return [...counts.entries()].sort(([a], [b]) => a - b).map(([bin, count]) => [edge(bin), edge(bin + 1), count]);
}

// What all pictures share. They carry their own white ground, so that they can be read on a dark page too.
export const FONT = 'Helvetica, Arial, sans-serif';
export const WIDTH = 860;
export const INK = '#1f2937';
export const FAINT = '#e5e7eb';
export const OURS = '#2563eb';
/** Ours first, then what it is compared with. */
export const PALETTE = [OURS, '#d97706', '#059669'];
/** What bars and curves compare with. */
const BASELINE = '#94a3b8';

/** What is of the project stands out. */
export const colour = (isOurs) => (isOurs ? OURS : BASELINE);

export const text = (size = 13, more = {}) => ({ fontFamily: FONT, fontSize: size, color: INK, ...more });

/** An axis; `more` is ECharts' own. */
export function axis(name, more = {}) {
  return {
    name,
    nameLocation: 'middle',
    nameGap: 30,
    nameTextStyle: text(12),
    axisLabel: { ...text(12), ...more.axisLabel },
    axisLine: { show: true, lineStyle: { color: INK } },
    splitLine: { show: true, lineStyle: { color: FAINT } },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== 'axisLabel')),
  };
}

export const legend = (names) => ({ data: names, top: 34, left: 12, textStyle: text(12), itemWidth: 18, itemHeight: 10 });
export const title = (words) => ({ text: words, left: 12, top: 8, textStyle: text(15, { fontWeight: 'bold' }) });

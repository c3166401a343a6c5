import { expect, test } from 'vitest';
import { renderBars } from '../../src/render/bars.js';
import { renderBarsSummary } from '../../src/render/bars-summary.js';
import { renderCountsCsv, renderCountsJson } from '../../src/render/counts.js';
import { renderHistogramSvg } from '../../src/render/histogram-svg.js';
import { createPalette } from '../../src/render/palette.js';
import type { Histogram } from '../../src/shape/histogram.js';
import { utcClock } from './fixtures.js';

const startMs = Date.UTC(2026, 10, 20, 23, 30);
const minuteMs = 60_000;

function histogram(series: Readonly<Record<string, readonly number[]>>, stepMs = 10 * minuteMs): Histogram {
  const all = Object.entries(series).map(([key, counts]) => ({
    key,
    counts,
    total: counts.reduce((a, b) => a + b, 0),
  }));
  const buckets = all[0]?.counts.length ?? 0;
  const edges = Array.from({ length: buckets + 1 }, (_, at) => startMs + at * stepMs);
  return { edges, series: all, total: all.reduce((sum, { total }) => sum + total, 0) };
}

const plain = { columns: 40, clock: utcClock, palette: createPalette(false), color: false };

test('one key: bars to an eighth of a line, the scale beside, times and dates below', () => {
  const shown = histogram({ '': [80, 40, 1, 0, 79] });
  expect(renderBars(shown, plain).split('\n')).toEqual([
    '     80 ┤█████                   ▇▇▇▇▇',
    ...new Array(4).fill('        │█████                   █████'),
    '     40 ┤█████ █████             █████',
    ...new Array(3).fill('        │█████ █████             █████'),
    '        │█████ █████ ▁▁▁▁▁       █████',
    '      0 ┼──────────────────────────────',
    '         23:30             00:00',
    '         20 Nov            21 Nov',
    '',
  ]);
  expect(renderBarsSummary(shown, plain)).toBe('200 events; peak 80 in 10 min from 2026-11-20 23:30:00\n');
});

test('several keys without colour: a character each, and one error among many is seen', () => {
  const shown = histogram({ error: [1, 0], info: [99, 50] });
  expect(
    renderBars(shown, { ...plain, columns: 13 })
      .split('\n')
      .slice(0, 11),
  ).toEqual([
    '    100 ┤++',
    ...new Array(4).fill('        │++'),
    '     50 ┤++++',
    ...new Array(3).fill('        │++++'),
    '        │##++',
    '      0 ┼────',
  ]);
  expect(renderBarsSummary(shown, plain)).toBe(
    '# error 1   + info 149\n150 events; peak 100 in 10 min from 2026-11-20 23:30:00\n',
  );
});

test('with colour a key is its colour', () => {
  const shown = renderBars(histogram({ error: [1], info: [1] }), {
    ...plain,
    color: true,
    palette: createPalette(true),
  });
  expect(shown).toContain('\u001b[31m█████\u001b[39m');
  expect(shown).toContain('\u001b[32m█████\u001b[39m');
});

test('nothing at all is an empty scale', () => {
  expect(renderBars(histogram({}), plain)).toMatch(/^ {6}1 ┤\n/);
});

test('counts as JSON and as CSV', () => {
  const shown = histogram({ 'a,b': [1, 0], c: [2, 3] });
  expect(
    renderCountsJson(shown)
      .split('\n')
      .slice(0, 1)
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      start: '2026-11-20T23:30:00.000Z',
      end: '2026-11-20T23:40:00.000Z',
      startMs,
      endMs: startMs + 600_000,
      count: 3,
      counts: { 'a,b': 1, c: 2 },
    },
  ]);
  expect(renderCountsCsv(shown).split('\n').slice(0, 3)).toEqual([
    'start,end,key,count',
    '2026-11-20T23:30:00.000Z,2026-11-20T23:40:00.000Z,"a,b",1',
    '2026-11-20T23:30:00.000Z,2026-11-20T23:40:00.000Z,c,2',
  ]);
});

test('the picture has a bar for every count, and no name breaks out of its text', () => {
  const shown = histogram({ '<script>&"\u0007': [1, 2], info: [0, 3] });
  const svg = renderHistogramSvg(shown, { title: '/prod/<api>', subtitle: 'now', clock: utcClock });
  expect(svg.match(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="[\d.]+" fill="#(?!fff)\w+"\/>/g)).toHaveLength(
    3 + 2,
  );
  expect(svg.replaceAll('\n', '')).not.toMatch(/<script|<api>|\p{Cc}/u);
  expect(svg).toContain('&lt;script&gt;&amp;&quot; ');
});

test('keys are any text: names of inherited members, and what a terminal would obey', () => {
  const shown = histogram({ constructor: [1], ['__proto__']: [1], '\u001b[31mred': [1] });
  const options = { ...plain, color: true, palette: createPalette(true) };
  const text = renderBars(shown, options) + renderBarsSummary(shown, options);
  expect(text).not.toContain('undefined');
  expect(text).toContain('^[[31mred 1');
});

test('a legend with more names than there is room for says how many are left out', () => {
  const names = Array.from({ length: 12 }, (_, at) => [`a/long/name/of/a/stream/${at}`, [1]] as const);
  const svg = renderHistogramSvg(histogram(Object.fromEntries(names)), { title: 't', subtitle: 's', clock: utcClock });
  expect(svg).toMatch(/>and \d+ more</);
  const ends = [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="10"/g)].map(([, x]) => Number(x));
  expect(Math.max(...ends)).toBeLessThan(900);
});

import { type Histogram, totalCounts } from '../shape/histogram.js';
import type { WallClock } from '../time/wall-clock.js';
import { renderStep } from './bars-summary.js';
import { renderCount } from './quantity.js';

/** What a picture for a ticket says besides its bars. */
export interface PictureOptions {
  readonly title: string;
  readonly subtitle: string;
  readonly clock: WallClock;
}

const width = 960;
const height = 400;
const plot = { left: 64, right: width - 24, top: 76, bottom: height - 84 };
const dayMs = 86_400_000;
const maxLabels = 8;

/** Colours that are told apart by most eyes, on white. */
const colors = ['#4269d0', '#efb118', '#ff725c', '#6cc5b0', '#3ca951', '#ff8ab7', '#a463f2', '#97bbf5', '#9c6b4e'];
const levelColors: Readonly<Record<string, string>> = {
  error: '#d1383d',
  warn: '#efb118',
  info: '#3ca951',
  debug: '#4269d0',
  platform: '#9498a0',
  '(none)': '#c0c4cc',
  '(other)': '#9498a0',
};

/** Draws a histogram as an SVG picture: title, bars with their scale, times, and a legend where keys are told apart. */
export function renderHistogramSvg(histogram: Histogram, options: PictureOptions): string {
  const { title, subtitle } = options;
  const head = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#333">`,
    `<title>${escaped(`${title}, ${subtitle}`)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    text(plot.left, 32, title, 'font-size="18" font-weight="600"'),
    text(plot.left, 54, subtitle, 'fill="#666"'),
  ];
  return `${[...head, ...scale(histogram), ...bars(histogram), ...times(histogram, options), ...legend(histogram), '</svg>'].join('\n')}\n`;
}

function peakOf(histogram: Histogram): number {
  return Math.max(...totalCounts(histogram), 1);
}

function scale(histogram: Histogram): string[] {
  const peak = peakOf(histogram);
  const marks = [...new Set([0, Math.round(peak / 2), peak])];
  return marks.flatMap((count) => {
    const y = yOf(count, peak);
    return [
      `<line x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}" stroke="#ddd"/>`,
      text(plot.left - 8, y + 4, renderCount(count), 'text-anchor="end" fill="#666"'),
    ];
  });
}

function bars(histogram: Histogram): string[] {
  const peak = peakOf(histogram);
  const buckets = histogram.edges.length - 1;
  const barWidth = (plot.right - plot.left) / buckets;
  const gap = barWidth > 4 ? 1 : 0;
  const drawn: string[] = [];
  for (let at = 0; at < buckets; at++) {
    let below = 0;
    for (const [index, { key, counts }] of histogram.series.entries()) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      const y = yOf(below + count, peak);
      const size = `width="${round(barWidth - gap)}" height="${round(yOf(below, peak) - y)}"`;
      drawn.push(`<rect x="${round(plot.left + at * barWidth)}" y="${y}" ${size} fill="${colorOf(key, index)}"/>`);
      below += count;
    }
  }
  return drawn;
}

function times({ edges }: Histogram, { clock }: PictureOptions): string[] {
  const buckets = edges.length - 1;
  const every = Math.max(1, Math.ceil(buckets / maxLabels));
  const stepMs = (edges[1] ?? 0) - (edges[0] ?? 0);
  const barWidth = (plot.right - plot.left) / buckets;
  return edges.slice(0, -1).flatMap((startMs, at) => {
    if (at % every !== 0) return [];
    const x = round(plot.left + at * barWidth);
    const date = text(x, plot.bottom + 34, clock.date(startMs), 'fill="#666"');
    const time = text(x, plot.bottom + 18, clock.time(startMs).slice(0, stepMs < 60_000 ? 8 : 5));
    return stepMs >= dayMs
      ? [date]
      : at === 0 || clock.date(startMs) !== clock.date(edges[at - every] ?? 0)
        ? [time, date]
        : [time];
  });
}

function legend({ edges, series, total }: Histogram): string[] {
  const y = height - 18;
  const step = renderStep((edges[1] ?? 0) - (edges[0] ?? 0));
  const words = `${renderCount(total)} ${total === 1 ? 'event' : 'events'}, ${step} a bar`;
  if (series.length <= 1) return [text(plot.left, y, words, 'fill="#666"')];
  const drawn = [text(plot.right, 32, words, 'text-anchor="end" fill="#666"')];
  let x = plot.left;
  for (const [index, one] of series.entries()) {
    const label = `${shortened(one.key)} ${renderCount(one.total)}`;
    const width = 15 + label.length * 7 + 16;
    if (x + width > plot.right) {
      drawn.push(text(x, y, `and ${series.length - index} more`, 'fill="#666"'));
      break;
    }
    drawn.push(
      `<rect x="${x}" y="${y - 10}" width="10" height="10" fill="${colorOf(one.key, index)}"/>`,
      text(x + 15, y, label),
    );
    x += width;
  }
  return drawn;
}

const maxLabelLength = 24;

/** The end of a name tells it apart from others better than its beginning. */
function shortened(key: string): string {
  return key.length <= maxLabelLength ? key : `…${key.slice(1 - maxLabelLength)}`;
}

function colorOf(key: string, index: number): string {
  return (Object.hasOwn(levelColors, key) ? levelColors[key] : colors[index % colors.length]) ?? '#4269d0';
}

function yOf(count: number, peak: number): number {
  return round(plot.bottom - (count / peak) * (plot.bottom - plot.top));
}

function text(x: number, y: number, words: string, attributes = ''): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escaped(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML has no place for control characters, not even as entities. */
function escaped(words: string): string {
  return words.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (character) => entities[character] ?? '');
}

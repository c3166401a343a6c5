import { type Histogram, totalCounts } from '../shape/histogram.js';
import type { WallClock } from '../time/wall-clock.js';
import { type BarsOptions, drawnSeries } from './bars.js';
import { paint } from './palette.js';
import { renderCount } from './quantity.js';
import { visibleName } from './visible-text.js';

const dayMs = 86_400_000;

/** Says under a picture what it shows: the keys with their look and totals, all events, and the fullest bucket. */
export function renderBarsSummary(histogram: Histogram, options: BarsOptions): string {
  const { series, total } = histogram;
  const isTold = series.length > 1 || (series[0]?.key ?? '') !== '';
  const legend = drawnSeries(histogram, options).map(
    (one) => `${paint(one.ink, one.glyph)} ${visibleName(one.key)} ${renderCount(one.total)}`,
  );
  const lines = isTold && legend.length > 0 ? [legend.join('   ')] : [];
  return [...lines, `${renderCount(total)} ${total === 1 ? 'event' : 'events'}${peakOf(histogram, options.clock)}`]
    .map((line) => `${line}\n`)
    .join('');
}

function peakOf(histogram: Histogram, clock: WallClock): string {
  const totals = totalCounts(histogram);
  const peak = Math.max(...totals, 0);
  const at = totals.indexOf(peak);
  const [fromMs, untilMs] = [histogram.edges[at], histogram.edges[at + 1]];
  if (peak === 0 || fromMs === undefined || untilMs === undefined) return '';
  const isLong = untilMs - fromMs >= dayMs;
  const from = isLong ? clock.date(fromMs) : `${clock.date(fromMs)} ${clock.time(fromMs).slice(0, 8)}`;
  return `; peak ${renderCount(peak)} in ${renderStep(untilMs - fromMs)} from ${from}`;
}

const units = [
  ['d', dayMs],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** Says how long a bucket is: `5 min`. */
export function renderStep(stepMs: number): string {
  const [unit, unitMs] = units.find(([, ms]) => stepMs % ms === 0) ?? ['s', 1_000];
  return `${stepMs / unitMs} ${unit}`;
}

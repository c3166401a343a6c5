import type { WallClock } from '../time/wall-clock.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Between the starts of two labels, in multiples of their width. */
const spacing = 1.8;

/** How wide bars and what stands before them are. */
export interface AxisOptions {
  readonly barColumns: number;
  readonly gutterColumns: number;
  readonly clock: WallClock;
}

/** Writes times under the bars at round ones, and under those the dates where they begin. */
export function renderAxis(edges: readonly number[], options: AxisOptions): string {
  const starts = edges.slice(0, -1);
  const stepMs = (edges[1] ?? 0) - (edges[0] ?? 0);
  const { clock } = options;
  const dates = renderLabels(starts, options, (startMs, at) => {
    const isFirst = at === 0 || clock.date(startMs) !== clock.date(starts[at - 1] ?? startMs);
    return isFirst ? dayText(clock.date(startMs)) : undefined;
  });
  if (stepMs >= dayMs) return dates;
  const width = stepMs < minuteMs ? 'HH:mm:ss'.length : 'HH:mm'.length;
  const every = roundTick(stepMs, Math.ceil((width * spacing) / options.barColumns));
  const times = renderLabels(starts, options, (startMs) => {
    const ofDayMs = Date.parse(`1970-01-01T${clock.time(startMs)}Z`);
    return ofDayMs % every === 0 ? clock.time(startMs).slice(0, width) : undefined;
  });
  return times + dates;
}

const ticks: readonly number[] = [
  1_000,
  5_000,
  10_000,
  15_000,
  30_000,
  minuteMs,
  5 * minuteMs,
  10 * minuteMs,
  15 * minuteMs,
  30 * minuteMs,
  60 * minuteMs,
  120 * minuteMs,
  180 * minuteMs,
  360 * minuteMs,
  720 * minuteMs,
  dayMs,
];

function roundTick(stepMs: number, bars: number): number {
  return ticks.find((tick) => tick >= stepMs * bars && tick % stepMs === 0) ?? dayMs;
}

function renderLabels(
  starts: readonly number[],
  { barColumns, gutterColumns }: AxisOptions,
  labelOf: (startMs: number, at: number) => string | undefined,
): string {
  let line = ' '.repeat(gutterColumns);
  for (const [at, startMs] of starts.entries()) {
    const column = gutterColumns + at * barColumns;
    const label = labelOf(startMs, at);
    if (label !== undefined && (line.length < column || line.length === gutterColumns))
      line = line.padEnd(column) + label;
  }
  return line.trim() === '' ? '' : `${line}\n`;
}

/** `21 Nov`, as there is no doubt about which is the day. */
function dayText(date: string): string {
  const [, month = '', day = ''] = date.split(/-(?=\d)/);
  return `${Number(day)} ${months[Number(month) - 1] ?? ''}`;
}

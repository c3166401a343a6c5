import { type Histogram, type Series, totalCounts } from '../shape/histogram.js';
import type { WallClock } from '../time/wall-clock.js';
import { renderAxis } from './bars-axis.js';
import { type Ink, type Palette, paint } from './palette.js';
import { renderCount } from './quantity.js';

/** What a picture of bars is drawn on and with. */
export interface BarsOptions {
  /** Width in characters. */
  readonly columns: number;
  readonly clock: WallClock;
  readonly palette: Palette;
  /** Whether keys are told apart by colour, or else by the character they are drawn with. */
  readonly color: boolean;
}

/** A key with the look it has in the picture and in its legend. */
export interface DrawnSeries extends Series {
  readonly ink: Ink;
  readonly glyph: string;
}

const rows = 10;
const eighths = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const plainGlyphs = ['#', '+', '-', '.', 'o', '*', '=', '~', ':'];
/** What the numbers beside the picture take, with its edge. */
const gutterColumns = 9;
const maxBarColumns = 6;
const noInk: Ink = { open: '', close: '' };

/** How many bars there is room for. */
export function maxBars(columns: number): number {
  return Math.max(1, columns - gutterColumns);
}

/** Gives every key its look: levels their own colours, others those of labels in turn. */
export function drawnSeries(
  histogram: Histogram,
  { palette, color }: Pick<BarsOptions, 'palette' | 'color'>,
): DrawnSeries[] {
  const isStacked = histogram.series.length > 1;
  return histogram.series.map((series, at) => ({
    ...series,
    ink: color ? inkOf(series.key, at, palette) : noInk,
    glyph: color || !isStacked ? '█' : (plainGlyphs[at % plainGlyphs.length] ?? '#'),
  }));
}

/** A key is any text, that of an inherited member too. */
function inkOf(key: string, at: number, { bars, labels }: Palette): Ink {
  const own = Object.hasOwn(bars, key) ? bars[key] : undefined;
  return own ?? labels[at % labels.length] ?? labels[0];
}

/** Draws a histogram: one bar a bucket, keys one upon the other in the order given, numbers beside and times below. */
export function renderBars(histogram: Histogram, options: BarsOptions): string {
  const { columns, clock, palette } = options;
  const totals = totalCounts(histogram);
  const peak = Math.max(...totals, 1);
  const drawn = drawnSeries(histogram, options);
  const barColumns = Math.max(1, Math.min(maxBarColumns, Math.floor((columns - gutterColumns) / totals.length)));
  const bars = totals.map((total, at) =>
    drawn.length > 1 ? stacked(drawn, at, total, peak) : single(drawn, total, peak),
  );
  let text = '';
  for (let row = rows - 1; row >= 0; row--) {
    const number =
      row === rows - 1 ? renderCount(peak) : row === rows / 2 - 1 && peak > 1 ? renderCount(Math.round(peak / 2)) : '';
    const edge = number === '' ? '│' : '┤';
    const cells = bars.map((bar) => (bar[row] ?? ' ').repeat(1));
    text += `${paint(palette.dim, `${number.padStart(gutterColumns - 2)} ${edge}`)}${joinCells(cells, barColumns, drawn)}\n`;
  }
  const zero = `${'0'.padStart(gutterColumns - 2)} ┼${'─'.repeat(totals.length * barColumns)}`;
  return `${text}${paint(palette.dim, zero)}\n${renderAxis(histogram.edges, { barColumns, clock, gutterColumns })}`;
}

/** One character a cell from below: full ones, and at the top one of eight heights. */
function single(drawn: readonly DrawnSeries[], total: number, peak: number): string[] {
  if (drawn.length === 0 || total === 0) return [];
  const height = Math.max(1, Math.round((total / peak) * rows * 8));
  const cells = new Array<string>(Math.floor(height / 8)).fill('█');
  return height % 8 === 0 ? cells : [...cells, eighths[height % 8] ?? ' '];
}

/** Cells from below, each by the number of its key; an error is seen however few there are. */
function stacked(drawn: readonly DrawnSeries[], at: number, total: number, peak: number): string[] {
  if (total === 0) return [];
  const present = drawn.flatMap(({ counts }, key) => ((counts[at] ?? 0) > 0 ? [{ key, count: counts[at] ?? 0 }] : []));
  const height = Math.min(rows, Math.max(1, Math.round((total / peak) * rows)));
  const shares = present.map(({ count }) => (count / total) * height);
  const cells = shares.map((share) => Math.floor(share));
  const order = shares
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { index } of order)
    if (cells.reduce((sum, count) => sum + count, 0) < height) cells[index] = (cells[index] ?? 0) + 1;
  const error = present.findIndex(({ key }) => drawn[key]?.key === 'error');
  if (cells[error] === 0) {
    cells[error] = 1;
    const largest = cells.indexOf(Math.max(...cells));
    if (height > 1) cells[largest] = (cells[largest] ?? 0) - 1;
    else cells.fill(0, error + 1).fill(0, 0, error);
  }
  return present.flatMap(({ key }, index) =>
    new Array<string>(cells[index] ?? 0).fill(String.fromCharCode(key + firstKey)),
  );
}

/** Cells of stacked bars are private characters until they are painted: one for each key. */
const firstKey = 0xe000;

function joinCells(cells: readonly string[], barColumns: number, drawn: readonly DrawnSeries[]): string {
  const gap = barColumns > 2 ? ' ' : '';
  let text = '';
  for (const cell of cells) {
    const key = cell.charCodeAt(0) - firstKey;
    const series = key >= 0 ? drawn[key] : drawn[0];
    const glyph = key >= 0 ? (series?.glyph ?? '█') : cell;
    const drawnCell = glyph.repeat(barColumns - gap.length);
    text += (cell === ' ' || series === undefined ? ' '.repeat(drawnCell.length) : paint(series.ink, drawnCell)) + gap;
  }
  return text.trimEnd();
}

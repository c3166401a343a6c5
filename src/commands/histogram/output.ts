import { UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import type { Histogram } from '../../shape/histogram.js';
import type { Present } from '../../time/zone.js';
import { belowFile } from '../options/values.js';
import type { announce } from '../reading/run.js';

const weekMs = 7 * 86_400_000;

/** Renders the bars, and below them the sums. */
export async function renderPicture(histogram: Histogram, zone: string, color: boolean, io: Io): Promise<string> {
  const { renderBars } = await import('../../render/bars.js');
  const { renderBarsSummary } = await import('../../render/bars-summary.js');
  const { createPalette } = await import('../../render/palette.js');
  const { createWallClock } = await import('../../time/wall-clock.js');
  const options = { columns: io.stdout.columns, clock: createWallClock(zone), palette: createPalette(color), color };
  return renderBars(histogram, options) + renderBarsSummary(histogram, options);
}

/** Renders the counts for a program; a terminal that gets to see them is not driven by their keys. */
export async function renderCounts(histogram: Histogram, form: 'json' | 'csv', toTerminal: boolean): Promise<string> {
  const { renderCountsCsv, renderCountsJson } = await import('../../render/counts.js');
  const text = form === 'json' ? renderCountsJson(histogram) : renderCountsCsv(histogram);
  if (!toTerminal) return text;
  const { visibleJson, visibleText } = await import('../../render/visible-text.js');
  return form === 'json' ? visibleJson(text) : visibleText(text, false);
}

/** Refuses a place that a picture cannot take, or that holds something already. */
export async function refusePlace(path: string, force: boolean): Promise<void> {
  const { fileAbove, isNoFile, sizeOf } = await import('../../save/disk.js');
  // The picture takes the place of what is there: of a device that would be the end.
  const kind = path === '-' || path === '' ? 'not a file' : await isNoFile(path);
  if (kind !== undefined) {
    throw new UsageError({ flag: '--svg', value: path, problem: `is ${kind}`, fix: 'try --svg events.svg' });
  }
  if (!path.toLowerCase().endsWith('.svg')) {
    const fix = `try --svg ${path.replace(/\.(?:png|jpe?g|gif|pdf|webp|html?)$/i, '')}.svg`;
    throw new UsageError({
      flag: '--svg',
      value: path,
      problem: 'does not end in .svg, and that is what it would be',
      fix,
    });
  }
  const above = await fileAbove(path);
  if (above !== undefined) throw belowFile('--svg', path, above);
  if (force || ((await sizeOf(path)) ?? 0) === 0) return;
  throw new UsageError({ flag: '--svg', value: path, problem: 'exists and is not empty', fix: '--force replaces it' });
}

/** Writes the picture to a file. */
export async function writeSvg(
  path: string,
  histogram: Histogram,
  selection: Parameters<typeof announce>[0],
  present: Present,
): Promise<void> {
  const { renderHistogramSvg } = await import('../../render/histogram-svg.js');
  const { linkedPath, writeWhole } = await import('../../save/disk.js');
  const { renderRange } = await import('../../time/range-words.js');
  const { createWallClock } = await import('../../time/wall-clock.js');
  // A picture in a ticket outlives the present: its end is a time, not `now`.
  const words = renderRange(selection, { ...present, nowMs: present.nowMs + weekMs });
  const filter = selection.filterPattern === undefined ? '' : ` · ${selection.filterPattern}`;
  const options = {
    title: selection.logGroups.join(', '),
    subtitle: words + filter,
    clock: createWallClock(present.zone),
  };
  await writeWhole(await linkedPath(path), renderHistogramSvg(histogram, options));
}

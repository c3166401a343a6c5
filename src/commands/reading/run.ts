import { isThrottle } from '../../failures.js';
import { createReporter, type Io, type Reporter } from '../../io.js';
import type { Attempt, ClientOptions, Connection } from '../../logs/client.js';
import type { LogEvent } from '../../logs/event.js';
import type { Monitor } from '../../logs/read/monitor.js';
import type { Selection } from '../../render/selection.js';
import type { Stats } from '../../render/stats.js';
import type { Present } from '../../time/zone.js';
import type { GlobalFlags } from '../options/global.js';
import { checkProfile } from './profile.js';
import { showLine } from './progress.js';
import type { Destination, Tally } from './rendering.js';
import { placeOf, watchSilence } from './silence.js';

/** What the reading commands hold while they run. */
export interface Run {
  readonly connections: readonly Connection[];
  readonly regions: readonly string[];
  readonly monitor: Monitor;
  readonly reporter: Reporter;
  readonly survive: (error: unknown) => Promise<boolean>;
  readonly startedMs: number;
  /** Closes every connection. */
  close(): void;
}

/** Connects to every region and sets up what watches the run; `watch` is told about every attempt as well. */
export async function startRun(
  clientOptions: readonly ClientOptions[],
  flags: GlobalFlags,
  io: Io,
  watch: Watcher = () => {},
): Promise<Run> {
  const { connect } = await import('../../logs/client.js');
  const { createMonitor, countAttempt } = await import('../../logs/read/monitor.js');
  const { createPatience } = await import('./patience.js');
  const monitor = createMonitor();
  const reporter = createReporter(io, flags);
  await checkProfile(flags, io, reporter);
  const silence = watchSilence(reporter);
  const renewable = clientOptions.every(({ credentials }) => credentials === undefined);
  const [{ profile, use, endpoint: url, endpointFlag: flag = '--endpoint-url' } = {}] = clientOptions;
  const endpoint = url === undefined ? undefined : { url, flag };
  const hasBegun = (): boolean => monitor.pages > 0;
  const patience = createPatience(io, reporter, { hasBegun, renewable, profile, endpoint });
  // A tail has news of its own.
  const judged = use === 'tail' ? {} : { outageEndMs: patience.outageEndMs };
  const onAttempt = (attempt: Attempt): void => {
    watch(attempt);
    silence.heard(attempt);
    if (use !== 'tail') patience.heard(attempt);
    countAttempt(monitor, attempt);
    if (monitor.throttles === 1 && isThrottle(attempt.error)) {
      void reporter.warn(
        'the service throttles: slowing down; others use the account’s quota too, --rate <n> leaves them more',
      );
    }
  };
  const watched = clientOptions.map((options) => ({
    ...options,
    ...judged,
    onAttempt: both(options.onAttempt, onAttempt),
  }));
  const connections = await Promise.all(watched.map(connect));
  const regions = connections.map(({ region }) => region);
  silence.start(placeOf(clientOptions[0]?.endpoint, regions));
  return {
    connections,
    regions,
    monitor,
    reporter,
    survive: patience.survive,
    startedMs: performance.now(),
    close: () => {
      for (const { client } of connections) client.destroy();
    },
  };
}

/** Told about every request on the wire. */
export type Watcher = (attempt: Attempt) => void;

/** Both are told. */
export function both(first: Watcher | undefined, second: Watcher): Watcher {
  return (attempt) => {
    first?.(attempt);
    second(attempt);
  };
}

/** Brings pages to their destination and counts them; whatever ends it early is told to the destination. */
export async function consume(
  pages: AsyncIterable<readonly LogEvent[]>,
  destination: Destination,
  run: Run,
  progress: { readonly shown: boolean; readonly io: Io },
): Promise<Tally> {
  const tally: Tally = { events: 0, bytes: 0, firstTimestamp: null, lastTimestamp: null };
  const stopProgress = progress.shown ? await showProgress(tally, run, progress.io) : async () => {};
  try {
    for await (const events of pages) {
      tally.bytes += await destination.write(events);
      tally.events += events.length;
      tally.firstTimestamp ??= events[0]?.timestamp ?? null;
      tally.lastTimestamp = events.at(-1)?.timestamp ?? tally.lastTimestamp;
    }
  } catch (error) {
    await stopProgress();
    await destination.interrupt(error, tally);
    throw error;
  }
  await stopProgress();
  await destination.complete();
  return tally;
}

async function showProgress(tally: Tally, { monitor, startedMs }: Run, io: Io): Promise<() => Promise<void>> {
  const { renderProgress } = await import('../../render/progress.js');
  return showLine(io, () => {
    const { requests, throttles } = monitor;
    const elapsedMs = performance.now() - startedMs;
    return renderProgress({ ...tally, requests, throttles, share: monitor.share(), elapsedMs });
  });
}

/** Says on a terminal what will be read. */
export async function announce(selection: Selection, present: Present, reporter: Reporter): Promise<void> {
  if (!reporter.notices) return;
  const { renderSelection } = await import('../../render/selection.js');
  await reporter.notice(renderSelection(selection, present));
  if (selection.endMs > present.nowMs - lateMs) {
    await reporter.notice('events of the last two minutes may still be arriving');
  }
}

/** Events may reach the service this long after they were logged. */
const lateMs = 2 * 60_000;

/** Says what was done: one line, or JSON where the output is JSON. */
export async function reportStats(
  tally: Pick<Stats, keyof Tally>,
  { monitor, reporter, startedMs }: Run,
  format: string,
): Promise<void> {
  const { renderStats } = await import('../../render/stats.js');
  const { pages, emptyPages, windows, requests, throttles, retries } = monitor;
  const durationMs = Math.round(performance.now() - startedMs);
  const stats = { ...tally, pages, emptyPages, windows, requests, throttles, retries, durationMs };
  await reporter.warn(format === 'json' ? JSON.stringify(stats) : renderStats(stats));
}

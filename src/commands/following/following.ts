import { describe } from '../../describe.js';
import { nameOf } from '../../errors.js';
import type { Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { LogEvent } from '../../logs/event.js';
import type { TailRequest } from '../../logs/tail/open.js';
import type { Tail, TailOptions } from '../../logs/tail/tail-events.js';
import type { EndingRules } from '../../shape/ending.js';
import { createGroupFinder } from '../operands/find-groups.js';
import { resolveSelection } from '../operands/resolve-selection.js';
import { createUnreadableNotice } from '../operands/unreadable.js';
import type { GlobalFlags } from '../options/global.js';
import type { GrepRequest } from '../options/grep.js';
import type { OutputRequest } from '../options/output.js';
import { createRenderer, toSources } from '../reading/rendering.js';
import { type Run, startRun } from '../reading/run.js';
import { createLastLook } from './last-look.js';
import { withHint } from './missing.js';
import { reportNews } from './news.js';
import { isCtrlC, type Outcome, settle, unanswered } from './outcome.js';
import type { Shaped } from './shaper.js';
import { startTimeLimit, type TimeLimit } from './time-limit.js';

/** How groups are followed, and what ends it. */
export interface Following extends EndingRules {
  /** Whether it goes on after the first lines. */
  readonly follows: boolean;
  readonly live: boolean;
  readonly awaitGroups: boolean;
  readonly graceMs: number | undefined;
  readonly forMs: number | undefined;
  readonly idleMs: number | undefined;
  readonly failIfEmpty: boolean;
}

/** All that is meant by a command line that follows. */
export interface FollowingRequest {
  readonly request: TailRequest;
  readonly following: Following;
  readonly grep: GrepRequest;
  readonly output: OutputRequest;
  readonly clientOptions: readonly [ClientOptions, ...ClientOptions[]];
  readonly zone: string;
  /** What can be done about a group or stream that is not there, as the end of a sentence. */
  readonly missingHint?: string | undefined;
}

/** What following needs of the flags as they were typed, to name them. */
export interface FollowingFlags extends GlobalFlags {
  readonly untilMatch?: string;
  readonly failOn?: string;
}

/** An answer is late after so long; behind Live Tail requests are made every ten seconds only. */
const silenceMs = 6_000;
const liveSilenceMs = 16_000;
/** Where the last request has failed, so long; one alone may be tried again at once. */
const failingMs = 1_500;

/** Shows what there is, follows what comes, and settles how it ended. */
export async function runFollowing(asked: FollowingRequest, flags: FollowingFlags, io: Io): Promise<void> {
  const { createServiceClock } = await import('../../logs/tail/clock.js');
  const clock = createServiceClock(io.now);
  const clientOptions = asked.clientOptions.map((options) => ({ ...options, use: 'tail' as const }));
  const outcome: Outcome = { events: 0, hasPast: false, lost: [], answeredMs: undefined };
  let isFailing = false;
  const run = await startRun(clientOptions, flags, io, ({ dateMs, error }) => {
    if (dateMs !== undefined) clock.heard(dateMs);
    // That a group does not exist, which may be waited for, is an answer.
    isFailing = error !== undefined && nameOf(error) !== 'ResourceNotFoundException';
    if (!isFailing) outcome.answeredMs = performance.now();
  });
  const isAnswering = (): boolean => {
    const longestMs = isFailing ? failingMs : asked.following.live ? liveSilenceMs : silenceMs;
    return outcome.answeredMs !== undefined && performance.now() - outcome.answeredMs <= longestMs;
  };
  const limit = startTimeLimit(io.signal, asked.following, isAnswering);
  try {
    const [{ profile }] = asked.clientOptions;
    const tellUnreadable = createUnreadableNotice(run.reporter);
    const { awaitGroups: awaitsGroups, follows } = asked.following;
    const groups = await resolveSelection(asked.request, run, {
      profile,
      signal: io.signal,
      nowMs: io.now(),
      awaitsGroups,
      follows,
      tellUnreadable,
    });
    const resolved = { ...asked, request: { ...asked.request, ...groups } };
    const findGroups = createGroupFinder(asked.request.logGroups, run.connections, tellUnreadable);
    await follow(resolved, run, { clock, limit, outcome, findGroups }, flags, io);
  } catch (error) {
    if (limit.expired() === undefined && !isCtrlC(io.signal)) throw withHint(error, asked.missingHint);
    // What has arrived since the last sweep belongs to the time that was asked for.
    if (limit.expired() !== undefined && isAnswering() && !io.signal.aborted) await outcome.lookAgain?.();
  } finally {
    limit.clear();
    run.close();
    // What has been read is shown, whatever it ends by.
    await outcome.finish?.();
  }
  if (limit.expired() !== undefined && outcome.ended === undefined && !isAnswering()) throw unanswered(outcome, limit);
  await settle(outcome, limit, asked, flags, run, io);
}

interface Course {
  readonly clock: NonNullable<TailOptions['clock']>;
  readonly limit: TimeLimit;
  readonly outcome: Outcome;
  readonly findGroups: TailOptions['findGroups'];
}

async function follow(asked: FollowingRequest, run: Run, course: Course, flags: FollowingFlags, io: Io): Promise<void> {
  const { createShaper, toOpened } = await import('./shaper.js');
  const { following, grep } = asked;
  const { clock, limit, outcome } = course;
  const opened = toOpened(asked.request, grep);
  const stop = new AbortController();
  const signal = AbortSignal.any([limit.signal, stop.signal]);
  const tail = await openFollowed(asked, opened, run, course, signal);
  const starts = new WeakSet<LogEvent>();
  const render = await createFollowedRenderer(
    asked,
    opened,
    run,
    { starts, othersMayCome: course.findGroups !== undefined },
    io,
  );
  const clients = run.connections.map(({ client }) => client);
  const shaped = { request: asked.request, grep, rules: following, starts, nowMs: clock.now(), signal };
  const shaper = await createShaper({ tail, clients, ...shaped });
  const show = async ({ events, hits, ended }: Shaped): Promise<void> => {
    if (hits > 0) limit.touch();
    outcome.events += hits;
    outcome.ended ??= ended;
    await io.stdout.write(render(events));
  };
  const print = async (pages: AsyncGenerator<LogEvent[]>): Promise<void> => {
    for await (const page of shaper.paced(pages)) {
      await show(await shaper.shape(page));
      if (outcome.ended !== undefined) return;
    }
  };
  for await (const past of shaper.history()) {
    await show(past);
    if (outcome.ended !== undefined) break;
  }
  outcome.finish = async () => {
    stop.abort();
    if (outcome.ended === undefined) await show(await shaper.flush());
  };
  outcome.hasPast = true;
  if (outcome.ended !== undefined || !following.follows) return;
  outcome.lookAgain = createLastLook((ending) => print(tail.lastLook(ending)), tail.sourceCount, limit, io);
  if (flags.quiet !== true && tail.sourceCount > 0) await sayFollowed(asked, tail, run, io);
  await print(tail.follow());
}

/** Opens the tail; of groups that cannot be read it is said that they are left out. */
async function openFollowed(
  { following, grep, clientOptions, missingHint }: FollowingRequest,
  request: TailRequest,
  run: Run,
  { clock, outcome, findGroups }: Course,
  signal: AbortSignal,
): Promise<Tail> {
  const { openTail } = await import('../../logs/tail/tail-events.js');
  const { graceMs, live, awaitGroups } = following;
  const clients = run.connections.map(({ client }) => client);
  const renewable = clientOptions.every(({ credentials }) => credentials === undefined);
  const onNews: TailOptions['onNews'] = (news) => void reportNews(news, run.reporter);
  const keeps = grep.context === undefined ? grep.keeps : grep.keepsUnfiltered;
  const options = { clock, signal, graceMs, live, awaitGroups, renewable, onNews, keeps, findGroups };
  const tail = await openTail(clients, request, options);
  outcome.lost = tail.lost;
  for (const { error } of tail.lost) {
    await run.reporter.error(`${describe(withHint(error, missingHint)).message} (going on without it)`);
  }
  return tail;
}

function createFollowedRenderer(
  asked: FollowingRequest,
  request: TailRequest,
  { regions }: Run,
  { starts, othersMayCome }: { readonly starts: WeakSet<LogEvent>; readonly othersMayCome: boolean },
  io: Io,
): Promise<(events: readonly LogEvent[]) => string> {
  const { context, marks } = asked.grep;
  const subject = {
    present: asked,
    sources: toSources(request, regions).map((source) => ({ ...source, othersMayCome })),
    toTerminal: io.stdout.isTTY,
    // What stands around an event is older than others by right.
    marksLate: context === undefined,
    marks,
    beginsIsland: context === undefined ? undefined : (event: LogEvent) => starts.has(event),
  };
  return createRenderer(asked.output, subject, io);
}

/** Says what is followed: as a rule between the lines on a terminal. */
async function sayFollowed(asked: FollowingRequest, tail: Tail, run: Run, io: Io): Promise<void> {
  const { renderFollowing } = await import('../../render/selection.js');
  const { startRate } = await import('../../logs/client.js');
  const [options] = asked.clientOptions;
  const rates = run.regions.map((region) => startRate({ ...options, use: 'tail' }, 'FilterLogEvents', region));
  const slowest = Math.min(...rates.map((rate) => rate ?? Number.POSITIVE_INFINITY));
  const turnMs = (tail.sourceCount / run.regions.length / slowest) * 1_000;
  const { profile } = options;
  const selection = {
    profile,
    regions: run.regions,
    logGroups: asked.request.logGroups.filter((name) => !tail.lost.some(({ logGroup }) => logGroup === name)),
    newestMs: tail.newestMs,
    turnMs,
  };
  const text = renderFollowing(selection, io.now());
  if (!io.stdout.isTTY) return run.reporter.notice(text);
  const { renderRule } = await import('../../render/rule.js');
  const { createPalette } = await import('../../render/palette.js');
  await io.stdout.write(renderRule(text, createPalette(asked.output.color), io.stdout.columns));
}

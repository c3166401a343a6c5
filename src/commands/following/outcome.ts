import { ConditionError, IncompleteError, InterruptedError, quote } from '../../errors.js';
import type { Io, Reporter } from '../../io.js';
import type { TailRequest } from '../../logs/tail/open.js';
import type { Tail } from '../../logs/tail/tail-events.js';
import type { Cut, EndingRules } from '../../shape/ending.js';
import type { Run } from '../reading/run.js';
import type { TimeLimit } from './time-limit.js';

/** What has come of following so far. */
export interface Outcome {
  events: number;
  ended?: Cut['ended'];
  /** Whether all that there was at first has been shown. */
  hasPast: boolean;
  /** Groups that could not be read. */
  lost: Tail['lost'];
  /** When the service answered last; monotonic. */
  answeredMs: number | undefined;
  /** Shows what has come since it was looked last. */
  lookAgain?: () => Promise<void>;
  /** Shows what is held back. */
  finish?: () => Promise<void>;
}

/** That the service was not there when the time ran out. */
export function unanswered({ answeredMs }: Outcome, limit: TimeLimit): IncompleteError {
  const since = answeredMs === undefined ? 'at all' : `for the last ${toSeconds(performance.now() - answeredMs)}`;
  return new IncompleteError(`the service did not answer ${since} when ${limit.expired()} ran out`);
}

/** What decides whether an ending is a success. */
interface Asked {
  readonly request: TailRequest;
  readonly following: EndingRules & { readonly follows: boolean; readonly failIfEmpty: boolean };
}

/** Says how it ended; throws where that is no success. */
export async function settle(
  { events, ended, hasPast, lost }: Outcome,
  limit: TimeLimit,
  { following, request }: Asked,
  flags: { readonly untilMatch?: string; readonly failOn?: string },
  { reporter, startedMs }: Run,
  io: Io,
): Promise<void> {
  const elapsed = toSeconds(performance.now() - startedMs);
  if (isCtrlC(io.signal)) {
    const where = hasPast ? '' : ', before all that there was had been shown';
    return reporter.warn(`stopped: ${counted(events)} in ${elapsed}${where}`);
  }
  if (ended?.by === 'failOn') {
    const { logGroupName, logStreamName } = ended.event;
    throw new ConditionError(`--fail-on ${quote(flags.failOn ?? '')} matched in ${logGroupName}:${logStreamName}`, 4);
  }
  if (following.untilMatch !== undefined && ended?.by !== 'untilMatch') {
    const why = limit.expired() === undefined ? 'within the events asked for' : `before ${limit.expired()} ran out`;
    throw new ConditionError(`--until-match ${quote(flags.untilMatch ?? '')} was not seen ${why} (${counted(events)})`);
  }
  const nothing = following.follows ? `no event came in ${elapsed}` : `nothing was found ${lookedThrough(request)}`;
  if (following.failIfEmpty && events === 0) throw new ConditionError(nothing);
  if (lost.length > 0 && ended === undefined) {
    throw new IncompleteError(`${lost.map(({ logGroup }) => quote(logGroup)).join(', ')} could not be read`);
  }
  if (!following.follows && events === 0) await reporter.warn(nothing);
  await sayEnd(limit, events, elapsed, reporter);
}

function lookedThrough({ from }: TailRequest): string {
  const since = from.kind === 'start' && from.startMs !== undefined ? new Date(from.startMs).toISOString() : undefined;
  return since === undefined ? 'in the last 24 h' : `since ${since}`;
}

async function sayEnd(limit: TimeLimit, events: number, elapsed: string, reporter: Reporter): Promise<void> {
  const flag = limit.expired();
  if (flag !== undefined) await reporter.notice(`ended by ${flag}: ${counted(events)} in ${elapsed}`);
}

function toSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(0)} s`;
}

function counted(events: number): string {
  return events === 1 ? '1 event' : `${events.toLocaleString('en-US')} events`;
}

/** Whether it was ended by hand, which is how a tail usually ends. */
export function isCtrlC(signal: AbortSignal): boolean {
  return signal.aborted && signal.reason instanceof InterruptedError && signal.reason.signalName === 'SIGINT';
}

import { drawFrom, type Random, type Span } from './random.js';
import { WireError } from './wire-error.js';

/** How Live Tail departs from the service's. */
export interface LiveTailSettings {
  /** How long a session lasts; default: the service's 3 hours. */
  readonly sessionMs?: Span;
  /**
   * How it ends: by SessionTimeoutException (default), by SessionStreamingException, by a connection that breaks, or by
   * silence on one that stays open.
   */
  readonly ending?: SessionEnding;
  /** The share (0 to 1) of updates that are never sent. */
  readonly droppedUpdates?: number;
  /** Refuses every session: because the credentials do not allow it, or as a region does that has no Live Tail. */
  readonly refusal?: 'AccessDeniedException' | 'InvalidOperationException' | 'UnknownOperationException';
  /** How many sessions there may be at a time; default: the service's 15. */
  readonly sessions?: number;
}

/** How a session ends: by its time, an exception, a broken connection, or without a word. */
export type SessionEnding = 'timeout' | 'exception' | 'cut' | 'silence';

/** A session that goes on. */
interface LiveTailSession {
  /** Says nothing more, and leaves the connection open. */
  silence(): void;
}

/** Live Tail as an endpoint offers it. */
export interface LiveTail {
  /** The sessions whose connections are open. */
  readonly sessions: Set<LiveTailSession>;
  readonly random: Random;
  /** Throws where a new session is refused, whatever it asks for. */
  admit(): void;
  drawEnd(): { readonly afterMs: number; readonly ending: SessionEnding };
  /** Whether the next update is lost. */
  drawLoss(): boolean;
}

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
const maxSessionMs = 3 * 3_600_000;
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
const maxSessions = 15;

/** Creates Live Tail without sessions. */
export function createLiveTail(settings: LiveTailSettings, random: Random): LiveTail {
  const { sessionMs = maxSessionMs, ending = 'timeout', droppedUpdates = 0, refusal } = settings;
  const sessions = new Set<LiveTailSession>();
  return {
    sessions,
    random,
    admit() {
      if (refusal !== undefined) throw new WireError(refusal, 'Live Tail is not available.');
      if (sessions.size >= (settings.sessions ?? maxSessions)) {
        throw new WireError('LimitExceededException', 'The number of concurrent Live Tail sessions is exceeded.');
      }
    },
    drawEnd: () => ({ afterMs: drawFrom(random, sessionMs), ending }),
    drawLoss: () => droppedUpdates > 0 && random() < droppedUpdates,
  };
}

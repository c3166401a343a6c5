/** What became of the events given to a writer. */
export interface WriteTally {
  /** Stored by the service. */
  readonly delivered: number;
  /** Not stored, and why. */
  readonly rejected: Readonly<Record<RejectReason, number>>;
  /** Given up on after a failure or an outage that lasted too long. */
  readonly undelivered: number;
  /** Delivered, but may be there twice: the answer to a first attempt was lost, and they were sent again. */
  readonly possiblyTwice: number;
  /** Messages that were cut because they were too large for one event. */
  readonly cut: number;
}

/**
 * - `tooOld`: older than 14 days.
 * - `tooNew`: more than two hours in the future.
 * - `expired`: older than the retention of the group.
 * - `empty`: without a character, which the service refuses.
 * - `oversize`: larger than an event may be, where such are neither split nor truncated.
 */
export type RejectReason = 'tooOld' | 'tooNew' | 'expired' | 'empty' | 'oversize';

/** A tally while it grows. */
export interface OpenTally extends WriteTally {
  delivered: number;
  readonly rejected: Record<RejectReason, number>;
  undelivered: number;
  possiblyTwice: number;
  cut: number;
}

/** A tally of nothing. */
export function newTally(): OpenTally {
  return {
    delivered: 0,
    rejected: { tooOld: 0, tooNew: 0, expired: 0, empty: 0, oversize: 0 },
    undelivered: 0,
    possiblyTwice: 0,
    cut: 0,
  };
}

import type { RejectReason } from './tally.js';

/** What a writer has to say while it works. */
export type WriterNews =
  /** The first request is about to be made: what the tally holds by now was found before it. */
  | { readonly kind: 'begin' }
  /** The log group was missing and has been made. */
  | { readonly kind: 'group-created'; readonly logGroup: string }
  /** The group was made, but its retention could not be set. */
  | { readonly kind: 'retention-refused'; readonly error: unknown }
  /** Events that are not stored, and why; said for each batch. */
  | {
      readonly kind: 'rejected';
      readonly logStream: string;
      readonly counts: Readonly<Partial<Record<RejectReason, number>>>;
    }
  /** The service cannot be reached; the writer holds what it has and goes on trying. Said once an outage. */
  | { readonly kind: 'outage'; readonly error: unknown }
  | { readonly kind: 'recovered'; readonly durationMs: number }
  /** So many events are given up on; where an answer was lost they may be stored. */
  | {
      readonly kind: 'failed';
      readonly logStream: string;
      readonly count: number;
      readonly mayBeStored: boolean;
      readonly error: unknown;
    };

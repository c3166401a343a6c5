/** The requests that one piece of a range is meant to take, at most and at least. */
const maxRequests = 8;
const minRequests = 2;
/** A window is cut when more than so many times its piece is left of it: each cut costs part of a request. */
const tolerance = 1.5;

/** What a piece is cut from. */
export interface Rest {
  /** Milliseconds of log time that nobody reads yet. */
  readonly unreadMs: number;
  /** Milliseconds of log time that one request covers hereabouts. */
  readonly msPerRequest: number;
  readonly concurrency: number;
}

/**
 * How long a piece the next chain should take. Long pieces waste little at their ends, but what is read ahead must be
 * held; towards the end of the range they shrink, so that all chains end together.
 */
export function pieceMs({ unreadMs, msPerRequest, concurrency }: Rest): number {
  const requestsLeft = unreadMs / msPerRequest;
  const requests = Math.min(maxRequests, Math.max(minRequests, requestsLeft / concurrency));
  return Math.max(1, Math.ceil(requests * msPerRequest));
}

/** Whether what is left of a window is so long that others should help. */
export function isLong(leftMs: number, pieceLengthMs: number): boolean {
  return leftMs > pieceLengthMs * tolerance;
}

/** The slices that a range is cut into for each chain while nothing is known but that pages are empty. */
const slicesPerChain = 8;

/** How long a slice should be while requests come back empty, so that nothing tells how far they got. */
export function sliceMs(rangeMs: number, concurrency: number): number {
  return Math.max(1, Math.ceil(rangeMs / (concurrency * slicesPerChain)));
}

/** The requests that one piece of a range is meant to take, at most and at least. */
const maxRequests = 4;
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
/** The requests that a slice is meant to take: each ends in one or two that bring nothing new. */
const requestsPerSlice = 10;

interface Range {
  readonly startMs: number;
  readonly endMs: number;
}

/** How long a slice is at first, while requests come back empty and nothing tells how far they got. */
export function sliceMs({ startMs, endMs }: Range, concurrency: number): number {
  return Math.max(1, Math.ceil((endMs - startMs) / (concurrency * slicesPerChain)));
}

/** How long the slice after one that took so many requests is; never shorter than at first, or they would multiply. */
export function nextSliceMs(lengthMs: number, requests: number, range: Range, concurrency: number): number {
  const wanted = requests <= 1 ? lengthMs * 2 : (lengthMs * requestsPerSlice) / requests;
  return Math.max(sliceMs(range, concurrency), Math.ceil(wanted));
}

/** A Logs Insights query that came to no result. */
export class QueryFailedError extends Error {
  override readonly name = 'QueryFailedError';
  /** How it ended, as the service says; `Malformed` where it was never started. */
  readonly status: string;
  readonly queryId: string | undefined;
  readonly queryString: string;
  /** What the service says is wrong, where it says so. */
  readonly problem: string | undefined;
  /** Where in the query: from one character up to another, counted from 0. */
  readonly place: { readonly start: number; readonly end: number } | undefined;

  constructor(failed: {
    status: string;
    queryString: string;
    queryId?: string | undefined;
    problem?: string | undefined;
    place?: { readonly start: number; readonly end: number } | undefined;
    cause?: unknown;
  }) {
    super(failed.problem ?? `the query ended as ${failed.status}`, { cause: failed.cause });
    this.status = failed.status;
    this.queryId = failed.queryId;
    this.queryString = failed.queryString;
    this.problem = failed.problem;
    this.place = failed.place;
  }
}

/** What an export to S3 came to, short of its end. */
export type ExportFailure =
  /** The service may not write to the bucket, or does not find it. */
  | {
      readonly kind: 'bucket';
      readonly logGroup: string;
      readonly bucket: string;
      readonly prefix: string;
      readonly region: string;
      readonly said: string;
    }
  /** The account's one task is another; undefined where the service does not show it. */
  | {
      readonly kind: 'busy';
      readonly other: { readonly taskId: string; readonly logGroup: string; readonly status: string } | undefined;
    }
  /** The task ended as failed or cancelled. */
  | { readonly kind: 'ended'; readonly taskId: string; readonly status: string; readonly said: string }
  | { readonly kind: 'unknown' | 'over'; readonly taskId: string };

/** An export to S3 that was not started, or did not come to its end. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly failure: ExportFailure;

  constructor(failure: ExportFailure, cause?: unknown) {
    super(`export: ${failure.kind}`, { cause });
    this.failure = failure;
  }
}

import { type Random, randomUuid } from '../random.js';
import { invalidParameter, notFoundQuery, WireError } from '../wire-error.js';
import type { QueryFindings } from './results.js';

/** How the queries of an endpoint are to go. */
export interface InsightsSettings {
  /** How many queries may run at once; default: the service's 100. */
  readonly concurrentQueries?: number;
  /** How often a query is seen running, after it was seen scheduled, before it is complete; default 1. */
  readonly runningPolls?: number;
  /** What every query ends with, in place of its results. */
  readonly ending?: 'Failed' | 'Timeout';
}

type QueryStatus = 'Scheduled' | 'Running' | 'Complete' | 'Cancelled' | 'Failed' | 'Timeout';

/** What a query was started with, and what it finds. */
interface StartedQuery extends QueryFindings {
  readonly logGroups: readonly string[];
  readonly queryString: string;
  readonly queryLanguage: string;
  readonly createTime: number;
  readonly scanned: { readonly records: number; readonly bytes: number };
}

/** A query as it is kept. */
export interface Query extends StartedQuery {
  readonly queryId: string;
  readonly status: QueryStatus;
}

/** The queries of an endpoint: they go on when they are asked about, and end by themselves where nobody asks. */
export interface Insights {
  readonly queries: ReadonlyMap<string, Query>;
  /** Throws LimitExceededException where too many run. */
  start(query: StartedQuery): Query;
  /** Asks about a query, which brings it a step on. */
  poll(queryId: string): Query;
  /** Throws InvalidParameterException where it runs no more. */
  stop(queryId: string): void;
}

/** The service's own number of queries at a time. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const maxConcurrentQueries = 100;
/** So long after it was last asked about, a query has ended: who began it may be gone, or never have heard of it. */
const unaskedMs = 10_000;

/** Creates the queries of an endpoint. */
export function createInsights(settings: InsightsSettings, random: Random, now: () => number): Insights {
  const { concurrentQueries = maxConcurrentQueries, runningPolls = 1, ending = 'Complete' } = settings;
  const queries = new Map<string, Query & { status: QueryStatus; polls: number; askedMs: number }>();
  const find = (queryId: string) => {
    const query = queries.get(queryId);
    if (query === undefined) throw notFoundQuery(queryId);
    return query;
  };
  return {
    queries,
    start(started) {
      for (const query of queries.values()) {
        if (isActive(query) && now() - query.askedMs > unaskedMs) query.status = ending;
      }
      if ([...queries.values()].filter(isActive).length >= concurrentQueries) {
        const message = 'Account maximum query concurrency limit of [concurrent queries] reached.';
        throw new WireError('LimitExceededException', message);
      }
      const query = { ...started, queryId: randomUuid(random), status: 'Scheduled' as const, polls: 0, askedMs: now() };
      queries.set(query.queryId, query);
      return query;
    },
    poll(queryId) {
      const query = find(queryId);
      if (!isActive(query)) return query;
      query.polls += 1;
      query.askedMs = now();
      if (query.polls > 1) query.status = query.polls - 1 > runningPolls ? ending : 'Running';
      return query;
    },
    stop(queryId) {
      const query = find(queryId);
      if (!isActive(query)) throw invalidParameter(`Query ${queryId} is not running.`);
      query.status = 'Cancelled';
    },
  };
}

function isActive({ status }: Query): boolean {
  return status === 'Scheduled' || status === 'Running';
}

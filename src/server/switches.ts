import type { ExportSettings } from './export-tasks.js';
import type { FaultSettings } from './faults.js';
import type { InsightsSettings } from './insights/queries.js';
import type { LiveTailSettings } from './live-tail.js';
import type { Operation } from './operations.js';
import type { Span } from './random.js';
import type { VisibilitySettings } from './visibility.js';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
/** The most events of one page of the service. */
export const maxPageEvents = 10_000;
/** The most bytes of one page of the service. */
export const maxPageBytes = 1_048_576;

/** What makes an endpoint slower or stricter than the service. */
export interface EndpointSwitches {
  /** How late every answer is; a pair is a range to draw from. */
  readonly latencyMs?: Span;
  /** The quota of each operation; one request more is refused with ThrottlingException. */
  readonly requestsPerSecond?: number | Readonly<Partial<Record<Operation, number>>>;
  /** The most events of a page, where that is fewer than the service's 10,000. */
  readonly pageEvents?: number;
  /** The most bytes of a page, where that is fewer than the service's 1 MB. */
  readonly pageBytes?: number;
  /** The most bytes of stored events, with the service's 26 for each, that one FilterLogEvents looks at. */
  readonly scannedBytes?: number;
  /** The share (0 to 1) of FilterLogEvents and GetLogEvents pages that are empty, at most three before each event. */
  readonly emptyPages?: number;
  /** Whether FilterLogEvents returns an event at the very `endTime`; default: `inclusive`, as documented. */
  readonly endTime?: 'inclusive' | 'exclusive';
  /** How long a page token is good by the endpoint's clock; default: for ever. */
  readonly tokenLifetimeMs?: number;
  /** The share (0 to 1) of requests with a good token that are refused as if it had expired. */
  readonly tokenRefusals?: number;
  /** The share of requests that fail, and how; a PutLogEvents whose answer is lost was stored in half of the cases. */
  readonly faults?: FaultSettings;
  /** How long after their acceptance events can be read; default: at once. */
  readonly visibility?: VisibilitySettings;
  readonly liveTail?: LiveTailSettings;
  readonly insights?: InsightsSettings;
  readonly exports?: ExportSettings;
  /** Where all randomness starts; the same seed and requests give the same answers. */
  readonly seed?: number;
}

/** The most events and bytes of one page: never more than the service's own. */
export function pageLimits({ pageEvents = maxPageEvents, pageBytes = maxPageBytes }: EndpointSwitches): {
  readonly events: number;
  readonly bytes: number;
} {
  return { events: Math.min(maxPageEvents, pageEvents), bytes: Math.min(maxPageBytes, pageBytes) };
}

/** The quota of an operation, if it has one. */
export function quotaOf({ requestsPerSecond }: EndpointSwitches, operation: Operation): number | undefined {
  return typeof requestsPerSecond === 'number' ? requestsPerSecond : requestsPerSecond?.[operation];
}

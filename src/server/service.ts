import type { Clock } from './clock.js';
import type { DrawEmptyPage } from './empty-pages.js';
import type { EventStream } from './event-stream.js';
import type { ExportTasks } from './export-tasks.js';
import type { Insights } from './insights/queries.js';
import type { JsonList } from './json-list.js';
import type { LiveTail } from './live-tail.js';
import type { LogGroup } from './log-group.js';
import type { LogStore } from './log-store.js';
import type { PageTokens } from './page-token.js';
import type { TokenLife } from './token-life.js';
import { invalidParameter, notFound, WireError } from './wire-error.js';

/** What the operations work on. */
export interface Service {
  readonly store: LogStore;
  readonly clock: Clock;
  readonly region: string;
  readonly tokens: PageTokens;
  readonly tokenLife: TokenLife;
  /** The most events and bytes of one page. */
  readonly page: { readonly events: number; readonly bytes: number };
  /** Where every page is put together, one after another. */
  readonly json: JsonList;
  readonly drawEmptyPage: DrawEmptyPage;
  /** How many bytes of events one FilterLogEvents looks at; undefined for all. */
  readonly scannedBytes: number | undefined;
  /** Whether FilterLogEvents returns an event at the very `endTime`. */
  readonly includesEndTime: boolean;
  readonly liveTail: LiveTail;
  readonly insights: Insights;
  readonly exports: ExportTasks;
}

/**
 * Answers the JSON of a request with the JSON of the response, which is empty where the operation has no output, or
 * with a stream of events.
 */
export type Handler = (service: Service, input: unknown) => string | Buffer | EventStream;

/** The account that everything belongs to. */
export const accountId = '123456789012';

/** The ARN of a group, without the `:*` that stands for its streams. */
export function arnOf({ region }: Service, { name }: LogGroup): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

/** Finds the group that a request names by exactly one of its two members. */
export function findGroup(
  service: Service,
  named: { readonly logGroupName: string | undefined; readonly logGroupIdentifier: string | undefined },
): LogGroup {
  const { logGroupName, logGroupIdentifier } = named;
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be specified.');
  }
  return service.store.group(logGroupName ?? toGroupName(service, logGroupIdentifier ?? ''));
}

/** Refuses what the log class of a group does not support. */
export function requireStandardClass({ name, logGroupClass }: LogGroup, operation: string): void {
  if (logGroupClass === 'STANDARD') return;
  throw new WireError(
    'InvalidOperationException',
    `The log group ${name} is of log-group-class ${logGroupClass}. ${operation} is not supported for this log class.`,
  );
}

/** Refuses to delete what is protected. */
export function requireDeletable({ name, deletionProtectionEnabled }: LogGroup): void {
  if (!deletionProtectionEnabled) return;
  throw new WireError('ValidationException', `The log group ${name} has deletion protection enabled.`);
}

/** The name in an identifier, which is a name or the ARN of a group of this account and region. */
export function toGroupName({ region }: Service, identifier: string): string {
  if (!identifier.startsWith('arn:')) return identifier;
  const prefix = `arn:aws:logs:${region}:${accountId}:log-group:`;
  if (!identifier.startsWith(prefix)) throw notFound('log group');
  return identifier.slice(prefix.length);
}

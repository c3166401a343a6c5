import { UsageError } from '../errors.js';
import { consoleHosts } from '../partition.js';

/** What an address of the AWS console shows of a log group. */
export interface ConsoleView {
  readonly region: string | undefined;
  readonly logGroup: string;
  readonly stream: string | undefined;
  /** Of the names of streams. */
  readonly streamPrefix: string | undefined;
  /** A time as a person would type it. */
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly filterPattern: string | undefined;
  /** The one event that it points at. */
  readonly eventId: string | undefined;
}

/** Reads the address of a log group, a stream or a search in the CloudWatch console. */
export function parseConsoleUrl(text: string, flag: string): ConsoleView {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname ?? '';
  if (url === undefined || !Object.values(consoleHosts).some((known) => host === known || host.endsWith(`.${known}`))) {
    throw refusal(text, flag, 'is not an address of the AWS console');
  }
  const place = readPlace(url.hash);
  const [, page, logGroup, events, stream] = place.segments;
  const isGroup = place.segments[0] === 'logsV2:log-groups' && page === 'log-group';
  if (!isGroup || logGroup === undefined || logGroup === '' || (events ?? 'log-events') !== 'log-events') {
    throw refusal(text, flag, 'is an address of the AWS console that shows no log group');
  }
  const { query } = place;
  return {
    region: url.searchParams.get('region') ?? host.split('.').find((label) => /^[a-z]+(-[a-z]+)+-\d+$/.test(label)),
    logGroup,
    stream: stream === '' ? undefined : stream,
    streamPrefix: valueIn(query, 'logStreamNameFilter'),
    start: toTime(valueIn(query, 'start')),
    end: toTime(valueIn(query, 'end')),
    filterPattern: valueIn(query, 'filterPattern'),
    eventId: valueIn(query, 'refEventId'),
  };
}

/** What stands behind the time in the id of an event: so it is in all ids that the service's documentation shows. */
const bitsBehindTime = 144n;
const earliestMs = Date.UTC(2010, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/** The time of an event by its id, in milliseconds since the epoch; undefined where the id is of another kind. */
export function timeOfEventId(eventId: string): number | undefined {
  if (!/^\d{1,60}$/.test(eventId)) return undefined;
  const ms = Number(BigInt(eventId) >> bitsBehindTime);
  return ms >= earliestMs && ms < latestMs ? ms : undefined;
}

function refusal(value: string, flag: string, problem: string): UsageError {
  const fix = 'copy the address of a log group, a stream or its events: …#logsV2:log-groups/log-group/…';
  return new UsageError({ flag, value, problem, fix });
}

/**
 * The console writes its place as an address within the address: each name and value is percent-encoded, then the
 * whole is, with `$` for `%`. Chats and mail programs encode the `$` once more.
 */
function readPlace(hash: string): { readonly segments: readonly string[]; readonly query: URLSearchParams } {
  const place = decode(hash.slice(1).replaceAll(/%24/g, '$').replaceAll('$', '%'));
  const mark = place.indexOf('?');
  const path = mark < 0 ? place : place.slice(0, mark);
  return {
    segments: path.split('/').map(decode),
    query: new URLSearchParams(mark < 0 ? '' : place.slice(mark + 1)),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // What was cut off while copying is read as it stands.
    return text;
  }
}

function valueIn(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === '' ? undefined : value;
}

/** The console writes milliseconds: since the epoch, or from now on, which are negative; or a time as ISO 8601 has it. */
function toTime(text: string | undefined): string | undefined {
  if (text === undefined || !/^-?\d{1,15}$/.test(text)) return text;
  if (Number(text) === 0) return 'now';
  return text.startsWith('-') ? `${text.slice(1)}ms ago` : new Date(Number(text)).toISOString();
}

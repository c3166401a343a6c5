import { windowOf } from '../event-window.js';
import { type LogGroup, type StoredEvent, sizeOf } from '../log-group.js';
import { logGroupIdentifier, logGroupName, nextToken, timestamp } from '../log-members.js';
import { expiryMs } from '../log-store.js';
import { integer, list, oneOf, readMembers, required, text, type Values } from '../members.js';
import { accountId, type Service, toGroupName } from '../service.js';
import { invalidParameter, WireError } from '../wire-error.js';
import { readQuery } from './commands.js';
import type { Query } from './queries.js';
import { type QueryRecord, toRecord } from './record.js';
import { findRecords, toRow } from './results.js';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
const maxGroups = 50;
const maxRows = 100_000;
const usualRows = 10_000;

const queryLanguage = oneOf(['CWLI', 'SQL', 'PPL']);
const startMembers = {
  queryLanguage,
  logGroupName,
  logGroupNames: list(required(logGroupName), 1, maxGroups),
  logGroupIdentifiers: list(required(logGroupIdentifier), 1, maxGroups),
  startTime: required(timestamp),
  endTime: required(timestamp),
  queryString: required(text(0, 10_000)),
  limit: integer(1, maxRows),
};

/** Starts a query, which is a small part of Logs Insights QL: fields, filter, sort, limit, stats count(*) by. */
export function startQuery(service: Service, request: unknown): string {
  const input = readMembers(request, startMembers);
  const { queryLanguage: language = 'CWLI', queryString, startTime, endTime, limit } = input;
  if (endTime < startTime) throw invalidParameter('The start time must be before the end time.');
  // First of all: a query that names its groups itself is beyond the subset, and comes without any.
  if (language !== 'CWLI') throw new WireError('MalformedQueryException', `This endpoint knows no ${language}.`);
  const commands = readQuery(queryString);
  const groups = selectGroups(service, input);
  const { records, scannedBytes } = recordsIn(service, groups, startTime * 1_000, endTime * 1_000);
  const ownLimit = commands.some(({ kind }) => kind === 'limit') ? maxRows : usualRows;
  const findings = findRecords(commands, records);
  const { queryId } = service.insights.start({
    ...findings,
    records: findings.records.slice(0, limit ?? ownLimit),
    logGroups: groups.map(({ name }) => name),
    queryString,
    queryLanguage: language,
    createTime: service.clock.now(),
    scanned: { records: records.length, bytes: scannedBytes },
  });
  return JSON.stringify({ queryId });
}

const resultMembers = { queryId: required(text(0, 256)), nextToken, maxItems: integer(0, usualRows) };

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
export function getQueryResults({ insights, tokens }: Service, request: unknown): string {
  const { queryId, nextToken: token, maxItems = usualRows } = readMembers(request, resultMembers);
  const query = token === undefined ? insights.poll(queryId) : insights.queries.get(queryId);
  const from = token === undefined ? 0 : Number(tokens.redeem(queryId, token));
  if (query === undefined) throw invalidParameter('The specified nextToken is invalid.');
  const { status, columns, queryLanguage } = query;
  const shown = rowsOf(query);
  const to = Math.min(shown.length, from + maxItems);
  const results = shown.slice(from, to).map((record) => toRow(record, columns));
  const goesOn = maxItems > 0 && to < shown.length && status === 'Complete';
  const continuation = goesOn ? { nextToken: tokens.issue(queryId, String(to)) } : {};
  return JSON.stringify({ queryLanguage, results, status, statistics: statisticsOf(query), ...continuation });
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html */
export function stopQuery({ insights }: Service, request: unknown): string {
  insights.stop(readMembers(request, { queryId: required(text(0, 256)) }).queryId);
  return JSON.stringify({ success: true });
}

const describeMembers = {
  logGroupName,
  status: oneOf(['Scheduled', 'Running', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown']),
  maxResults: integer(1, 1_000),
  nextToken,
  queryLanguage,
};

/** Lists queries, the newest first. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueries.html */
export function describeQueries({ insights, tokens }: Service, request: unknown): string {
  const { maxResults = 1_000, nextToken: token, ...selection } = readMembers(request, describeMembers);
  const found = [...insights.queries.values()]
    .filter(({ status }) => selection.status === undefined || status === selection.status)
    .filter(({ logGroups }) => selection.logGroupName === undefined || logGroups.includes(selection.logGroupName))
    .filter((query) => selection.queryLanguage === undefined || query.queryLanguage === selection.queryLanguage)
    .reverse();
  const from = token === undefined ? 0 : Number(tokens.redeem(selection, token));
  const to = from + maxResults;
  const queries = found
    .slice(from, to)
    .map(({ queryId, queryString, queryLanguage, status, createTime, logGroups }) => ({
      queryLanguage,
      queryId,
      queryString,
      status,
      createTime,
      logGroupName: logGroups[0],
    }));
  return JSON.stringify({ queries, ...(to < found.length ? { nextToken: tokens.issue(selection, String(to)) } : {}) });
}

function selectGroups(service: Service, input: Values<typeof startMembers>): LogGroup[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = input;
  const given = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers].filter(Boolean);
  const [names] = given;
  if (names === undefined || names === '' || given.length > 1) {
    throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified.');
  }
  return [...new Set(names.map((name) => service.store.group(toGroupName(service, name))))];
}

/** What the groups hold between two moments, both included, the newest first. */
function recordsIn(service: Service, groups: readonly LogGroup[], startMs: number, endMs: number) {
  const found: { readonly event: StoredEvent; readonly log: string }[] = [];
  let scannedBytes = 0;
  for (const group of groups) {
    const log = `${accountId}:${group.name}`;
    // A query does not see what was logged before its group was created.
    const fromMs = Math.max(startMs, group.creationTime, expiryMs(group, service.store.now()));
    const { events, from, to } = windowOf(group.timeline.events(), fromMs, endMs + 1);
    for (let index = to - 1; index >= from; index -= 1) {
      const event = events[index];
      if (event === undefined) continue;
      found.push({ event, log });
      scannedBytes += sizeOf(event);
    }
  }
  if (groups.length > 1) found.sort((a, b) => b.event.timestamp - a.event.timestamp);
  return { records: found.map(({ event, log }) => toRecord(event, log)), scannedBytes };
}

/** The rows that there are: some of them while the query runs. */
function rowsOf({ records, status }: Query): readonly QueryRecord[] {
  if (status === 'Complete') return records;
  return status === 'Running' ? records.slice(0, records.length >> 1) : [];
}

function statisticsOf({ matched, scanned, status, logGroups, records }: Query): object {
  const share = { Scheduled: 0, Running: 0.5 }[String(status)] ?? 1;
  return {
    recordsMatched: Math.floor(matched * share),
    recordsScanned: Math.floor(scanned.records * share),
    bytesScanned: Math.floor(scanned.bytes * share),
    estimatedRecordsSkipped: 0,
    estimatedBytesSkipped: 0,
    logGroupsScanned: logGroups.length,
    ...(status === 'Complete' ? { resultCount: records.length } : {}),
  };
}

import type { LogEvent } from '../event.js';
import type { QueryRow } from './query-job.js';

/** Makes events of rows that have `@message` and `@timestamp`; what else they lack stays empty. */
export function createRowEvents(logGroups: readonly string[], region: string): (row: QueryRow) => LogEvent | undefined {
  const groupOf = createGroupNames(logGroups);
  return (row) => {
    const { '@message': message, '@timestamp': timestamp = '' } = row;
    const timestampMs = parseRowTime(timestamp);
    if (message === undefined || timestampMs === undefined) return undefined;
    return {
      timestamp: timestampMs,
      ingestionTime: parseRowTime(row['@ingestionTime'] ?? '') ?? timestampMs,
      message,
      eventId: row['@ptr'] ?? '',
      logStreamName: row['@logStream'] ?? '',
      logGroupName: groupOf(row['@log']),
      region,
    };
  };
}

/** Reads a time of a row: `2026-11-20 15:00:00.000` in UTC, or milliseconds since the epoch. */
export function parseRowTime(text: string): number | undefined {
  if (/^\d{1,16}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?$/.test(text)) return undefined;
  return Date.parse(`${text.replace(' ', 'T')}Z`);
}

/** `@log` is an account and a name: the group as it was asked for has to be found by it. */
export function createGroupNames(logGroups: readonly string[]): (log: string | undefined) => string {
  const [only = ''] = logGroups.length === 1 ? logGroups : [];
  const known = new Map<string, string>();
  return (log) => {
    if (log === undefined) return only;
    let asked = known.get(log);
    if (asked === undefined) {
      const [account = '', ...rest] = log.split(':');
      const name = rest.length === 0 ? account : rest.join(':');
      const arnEnd = `:${account}:log-group:${name}`;
      asked = logGroups.find((group) => group === name || group.replace(/:\*$/, '').endsWith(arnEnd)) ?? name;
      known.set(log, asked);
    }
    return asked;
  };
}

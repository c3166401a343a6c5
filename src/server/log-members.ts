import { integer, list, text } from './members.js';

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
const maxNameLength = 512;

// The patterns are written as the service quotes them when it refuses a name.
/** The name of a group. */
export const logGroupName = text(1, maxNameLength, String.raw`[\.\-_/#A-Za-z0-9]+`);
/** A part of the names of groups. */
export const logGroupNamePattern = text(0, maxNameLength, String.raw`[\.\-_/#A-Za-z0-9]*`);
/** What ListLogGroups looks for in names: texts, of which each may begin with `^`. */
export const logGroupNameRegexPattern = text(
  3,
  129,
  String.raw`(\^?[\.\-_\/#A-Za-z0-9]{3,24})(\|\^?[\.\-_\/#A-Za-z0-9]{3,24}){0,4}`,
);
/** A group by its name or ARN. */
export const logGroupIdentifier = text(1, 2048, String.raw`[\w#+=/:,.@-]*`);
/** The name of a stream. */
export const logStreamName = text(1, maxNameLength, '[^:*]*');
/** The streams of one request. */
export const logStreamNames = list(logStreamName, 1, 100);
/** Milliseconds since the epoch. */
export const timestamp = integer(0);
/** The token of a page. */
export const nextToken = text(1, Number.MAX_SAFE_INTEGER);
/** How many events one page may hold. */
export const eventsLimit = integer(1, 10_000);
/** How many groups or streams one page may hold. */
export const describeLimit = integer(1, 50);
/** How many groups one page of ListLogGroups may hold. */
export const listLimit = integer(1, 1_000);

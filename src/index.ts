export { ServiceError, UsageError } from './errors.js';
export { type Attempt, type ClientOptions, createClient } from './logs/client.js';
export type { LogEvent } from './logs/event.js';
export { type GroupSelector, listGroups } from './logs/groups.js';
export { filterEvents, type FilterRequest, type ReadOptions, type StreamSelector } from './logs/read/filter-events.js';
export { listStreams } from './logs/streams.js';
export { parseTime, type ParseTimeOptions } from './time/parse-time.js';

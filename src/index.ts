export { GroupNotFoundError, ServiceError, UsageError } from './errors.js';
export { type Attempt, type ClientOptions, createClient } from './logs/client.js';
export type { LogEvent } from './logs/event.js';
export { type GroupSelector, listGroups } from './logs/groups.js';
export { type FilterRequest, filterEvents, type ReadOptions, type StreamSelector } from './logs/read/filter-events.js';
export { listStreams } from './logs/streams.js';
export { compileFilterPattern } from './pattern/filter-pattern.js';
export { PatternError } from './pattern/pattern-error.js';
export { type ParseTimeOptions, parseTime } from './time/parse-time.js';

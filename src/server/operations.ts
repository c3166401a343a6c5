import { cancelExportTask, createExportTask, describeExportTasks } from './export-operations.js';
import { filterLogEvents } from './filter-log-events.js';
import { getLogEvents } from './get-log-events.js';
import { describeQueries, getQueryResults, startQuery, stopQuery } from './insights/operations.js';
import { listLogGroups } from './list-log-groups.js';
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  putRetentionPolicy,
} from './log-groups.js';
import { createLogStream, deleteLogStream, describeLogStreams } from './log-streams.js';
import { putLogEvents } from './put-log-events.js';
import type { Handler } from './service.js';
import { startLiveTail } from './start-live-tail.js';
import { testMetricFilter } from './test-metric-filter.js';

/** What the endpoint can do. */
export const operations = {
  CancelExportTask: cancelExportTask,
  CreateExportTask: createExportTask,
  CreateLogGroup: createLogGroup,
  CreateLogStream: createLogStream,
  DeleteLogGroup: deleteLogGroup,
  DeleteLogStream: deleteLogStream,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  DescribeExportTasks: describeExportTasks,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  DescribeQueries: describeQueries,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  GetQueryResults: getQueryResults,
  ListLogGroups: listLogGroups,
  PutLogEvents: putLogEvents,
  PutRetentionPolicy: putRetentionPolicy,
  StartLiveTail: startLiveTail,
  StartQuery: startQuery,
  StopQuery: stopQuery,
  TestMetricFilter: testMetricFilter,
} satisfies Readonly<Record<string, Handler>>;

/** The name of an operation, as the API has it. */
export type Operation = keyof typeof operations;

/** Whether a name is that of an operation. */
export function isOperation(name: string): name is Operation {
  return Object.hasOwn(operations, name);
}

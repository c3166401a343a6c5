import type { ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import type { Io } from '../../io.js';
import { readEach, writeListing } from '../reading/listing.js';
import { startRun } from '../reading/run.js';
import { type ExportFlags, toExportClient } from './options.js';

/** Asks for the end of a task. */
export async function cancelTask(flags: ExportFlags, io: Io): Promise<void> {
  const taskId = flags.cancel ?? '';
  const run = await startRun([toExportClient(flags, io)], flags, io);
  const { cancelExport } = await import('../../logs/export-tasks.js');
  try {
    for (const { client } of run.connections) await cancelExport(client, taskId, { signal: io.signal });
    await run.reporter.warn(`export task ${taskId} is being cancelled; what it has written stays in the bucket`);
  } finally {
    run.close();
  }
}

const columns = [
  { title: 'TASK' },
  { title: 'STATUS' },
  { title: 'LOG GROUP' },
  { title: 'FROM' },
  { title: 'TO' },
  { title: 'DESTINATION' },
  { title: 'CREATED' },
] as const;

/** Lists the tasks of the account. */
export async function listTasks(flags: ExportFlags, io: Io): Promise<void> {
  const { listExports } = await import('../../logs/export-tasks.js');
  const { createWallClock } = await import('../../time/wall-clock.js');
  const { createDateTime } = await import('../../render/timestamp.js');
  const { resolveZone } = await import('../../time/zone.js');
  const dateTime = createDateTime(createWallClock(resolveZone(flags, io.env)));
  const cellsBy = (time: (ms: number) => string) => (task: ExportTask) => [
    task.taskId ?? '',
    task.status?.code ?? '',
    task.logGroupName ?? '',
    ...[task.from, task.to].map((ms) => (ms === undefined ? '' : time(ms))),
    `s3://${task.destination}/${task.destinationPrefix}`,
    ...[task.executionInfo?.creationTime].map((ms) => (ms === undefined ? '' : time(ms))),
  ];
  const entries = await readEach(flags, io, (client, options) => listExports(client, {}, options));
  const nothing = 'there are no export tasks';
  const nameOf = ({ taskId = '' }: ExportTask): string => taskId;
  const forms = {
    cells: cellsBy((ms) => dateTime(ms).slice(0, -4)),
    rawCells: cellsBy((ms) => new Date(ms).toISOString()),
  };
  await writeListing({ columns, entries, nameOf, ...forms, nothing }, flags, io);
}

import type { Command } from 'commander';
import type { Io, Reporter } from '../io.js';
import type { ExportRequest } from '../logs/export-tasks.js';
import { cancelTask, listTasks } from './export/listing.js';
import {
  addExportOptions,
  type ExportFlags,
  toBucketGrant,
  toExportClient,
  toExportRequest,
  toExportTodo,
} from './export/options.js';
import { createBusyWords, finishExport } from './export/waiting.js';
import { readConsoleUrl } from './operands/group-operands.js';
import { renderDryRun, toDryRange } from './options/dry-run.js';
import { addGlobalOptions } from './options/global.js';
import { refuseForeignArns } from './options/names.js';
import { addRangeOptions, addZoneOptions, rangeNames, warnOfFuture } from './options/range.js';
import { createPatience } from './reading/patience.js';
import { startRun } from './reading/run.js';

/** Registers `export`. */
export function registerExport(command: Command, io: Io): void {
  command
    .description(
      'Let the service write the events of a log group into an S3 bucket, compressed, in a folder for each stream. It takes minutes, and an account has one such task at a time. The order of events inside the objects is not promised.',
    )
    .usage('<group> <s3-url> [options]')
    .argument('[group]', 'log group: its exact name, ARN, or a console URL')
    .argument('[s3-url]', 'bucket of the same region and prefix: s3://my-bucket/logs');
  addRangeOptions(command, 'the oldest event there is');
  addExportOptions(addZoneOptions(command));
  addGlobalOptions(command).addHelpText('after', examples);
  command.action((group: string | undefined, url: string | undefined, flags: ExportFlags) =>
    runExport(
      [group, url].filter((operand) => operand !== undefined),
      flags,
      io,
    ),
  );
}

const examples = `
stdout gets the URL of what was written, or the id of the task.

Examples:
  cwlogs export /prod/api s3://my-bucket/logs --on 2026-10
  cwlogs export /prod/api s3://my-bucket/logs --print-bucket-policy --account 123456789012
  cwlogs export --list
`;

/** What an export can take over from the address of a console page. */
const selectionNames = {
  time: rangeNames,
  messages: [],
  unused: {
    stream: 'an export takes whole groups, or what --stream-prefix begins',
    filter: 'an export takes all events',
  },
};

async function runExport(typed: readonly string[], typedFlags: ExportFlags, io: Io): Promise<void> {
  const [group = '', ...others] = typed;
  const { operands: shown, flags } = await readConsoleUrl([group], typedFlags, selectionNames, io);
  const operands = [...(typed.length === 0 ? [] : shown), ...others];
  const todo = toExportTodo(operands, flags);
  if (flags.printPolicy === true) {
    const { printExportPolicy } = await import('./export/policy.js');
    return printExportPolicy(todo, operands, flags, io);
  }
  switch (todo) {
    case 'policy': {
      const { toBucketPolicy } = await import('../logs/bucket-policy.js');
      return io.stdout.write(`${JSON.stringify(toBucketPolicy(toBucketGrant(operands, flags, io)), null, 2)}\n`);
    }
    case 'list':
      return listTasks(flags, io);
    case 'cancel':
      return cancelTask(flags, io);
    case 'export':
      return exportGroup(operands, flags, io);
  }
}

async function exportGroup(operands: readonly string[], flags: ExportFlags, io: Io): Promise<void> {
  const { createPresent } = await import('../time/zone.js');
  const present = createPresent(io.now(), flags, io.env);
  const request = await toExportRequest(operands, flags, present);
  const clientOptions = toExportClient(flags, io);
  await warnOfFuture(request, present, flags, io);
  if (flags.dryRun === true) {
    return io.stdout.write(renderDryRun(await toDryExport(request, present.zone, clientOptions.region)));
  }
  const run = await startRun([clientOptions], flags, io);
  const [connection] = run.connections;
  if (connection === undefined) return;
  const { client, region } = connection;
  try {
    refuseForeignArns(operands.slice(0, 1), [region]);
    const { renderSelection } = await import('../render/selection.js');
    const streams = { kind: request.streamPrefix === undefined ? 'all' : 'prefix' };
    const selection = { ...request, logGroups: [request.logGroup], regions: [region], filterPattern: undefined };
    const { profile } = clientOptions;
    await run.reporter.notice(renderSelection({ ...selection, profile, streams }, present));
    await warnOfLag(request, present.nowMs, run.reporter);
    const { startExport } = await import('../logs/export-tasks.js');
    const { survive } = createPatience(io, run.reporter, { hasBegun: () => true, renewable: true });
    const onBusy = flags.waitForOthers === true ? createBusyWords(run.reporter) : undefined;
    const taskId = await startExport(client, request, { signal: io.signal, survive, onBusy });
    if (!flags.wait) return await io.stdout.write(`${taskId}\n`);
    await run.reporter.warn(`export task ${taskId} has begun`);
    await finishExport(client, { ...request, taskId }, { survive, run, flags, io });
  } finally {
    client.destroy();
  }
}

/** What was logged less long ago may not be there yet when the service exports. */
const exportLagMs = 12 * 3_600_000;

async function warnOfLag({ endMs }: ExportRequest, nowMs: number, reporter: Reporter): Promise<void> {
  if (endMs <= nowMs - exportLagMs) return;
  await reporter.warn('it takes the service up to 12 hours until an event can be exported: the newest may be left out');
}

async function toDryExport(request: ExportRequest, zone: string, region: string | undefined): Promise<object> {
  const { toExportInput } = await import('../logs/export-tasks.js');
  return {
    command: 'export',
    regions: region === undefined ? [] : [region],
    ...toDryRange(request, zone),
    ...toExportInput(request),
    url: `s3://${request.bucket}/${request.prefix}/<task>/`,
  };
}

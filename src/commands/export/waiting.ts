import type { CloudWatchLogsClient, ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { toShellLine } from '../../escape.js';
import type { Io, Reporter } from '../../io.js';
import { ExportError } from '../../job-errors.js';
import type { ExportRequest } from '../../logs/export-tasks.js';
import { showLine } from '../reading/progress.js';
import type { Run } from '../reading/run.js';
import type { ExportFlags } from './options.js';

/** Makes what says, once for each, which other task is waited for. */
export function createBusyWords(reporter: Reporter): (other: ExportTask | undefined) => void {
  const said = new Set<string | undefined>();
  return (other) => {
    if (said.has(other?.taskId)) return;
    said.add(other?.taskId);
    const which = other?.taskId === undefined ? '' : `: ${other.taskId} of ${other.logGroupName}`;
    void reporter.warn(`another export task of the account is under way; waiting for it${which}`);
  };
}

/** Waits until the task is over, and tells where its objects are. */
export async function finishExport(
  client: CloudWatchLogsClient,
  { taskId, bucket, prefix }: ExportRequest & { readonly taskId: string },
  context: { readonly survive: Run['survive']; readonly run: Run; readonly flags: ExportFlags; readonly io: Io },
): Promise<void> {
  const { run, flags, io } = context;
  const { watchExport } = await import('../../logs/export-tasks.js');
  const { renderExportProgress, renderHowToRead } = await import('../../render/export-lines.js');
  const url = `s3://${bucket}/${prefix}/${taskId}/`;
  let status: ExportTask['status'] = { code: 'PENDING' };
  const progress = (): string =>
    renderExportProgress({ taskId, status: status?.code ?? '' }, performance.now() - run.startedMs);
  const shown = flags.progress ?? (io.stderr.isTTY && flags.quiet !== true);
  const stopProgress = shown ? showLine(io, progress) : async () => {};
  try {
    for await (const task of watchExport(client, taskId, { signal: io.signal, survive: context.survive })) {
      status = task.status;
    }
  } catch (error) {
    await stopProgress();
    await run.reporter.error(renderGoesOn(taskId, flags, io));
    throw error;
  }
  await stopProgress();
  const { code = 'FAILED', message = '' } = status ?? {};
  if (code !== 'COMPLETED') throw new ExportError({ kind: 'ended', taskId, status: code, said: message });
  await io.stdout.write(`${url}\n`);
  await run.reporter.warn(progress());
  await run.reporter.warn(renderHowToRead(url, taskId));
}

function renderGoesOn(taskId: string, flags: ExportFlags, io: Io): string {
  const account = flags.profile === undefined ? [] : ['--profile', flags.profile];
  const where = [...account, ...(flags.region ?? []).flatMap((region) => ['--region', region])];
  const line = (...words: string[]): string => toShellLine([...io.called, 'export', ...words, ...where]);
  return `export task ${taskId} goes on without this command; look at it: ${line('--list')}; end it: ${line('--cancel', taskId)}`;
}

import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { LogEvent } from '../../logs/event.js';
import type { FetchOptions, FetchRequest } from '../../logs/read/fetch-events.js';
import type { GrepFlags } from '../options/grep.js';
import { parseBytes, parseChoice } from '../options/values.js';
import type { Run } from './run.js';
import { addScanOptions, createBusyWarning, reportScanned } from './scanning.js';

/** The way by which events are read, as it was typed. */
export interface ViaFlags {
  readonly via?: string;
  readonly maxBytes?: string;
}

/** Adds `--via` and what belongs to it. */
export function addViaOptions(command: Command): Command {
  command.option('--via <way>', 'insights: by a query, for groups of class INFREQUENT_ACCESS; without filters');
  return addScanOptions(command, 'with --via insights: ');
}

/** The way by which events are read, as it is meant. */
export interface Way {
  readonly maxBytes: number | undefined;
}

/** Reads `--via`; undefined for the usual way. Refuses what a query cannot do. */
export async function toWay(
  { via, maxBytes }: ViaFlags,
  { filterPattern, unmask, take }: FetchRequest,
  others: { readonly follow?: boolean | undefined } & GrepFlags,
): Promise<Way | undefined> {
  if (via === undefined) {
    if (maxBytes === undefined) return undefined;
    const fix = 'add --via insights, whose queries are charged for by what they scan';
    throw new UsageError({ flag: '--max-bytes', value: maxBytes, problem: 'needs --via insights', fix });
  }
  parseChoice(via, '--via', ['insights']);
  const fix = 'filter what comes, or run cwlogs query';
  const refused = {
    '--filter and --where': filterPattern !== undefined,
    '--unmask': unmask,
    '--follow': others.follow === true,
    '--grep and --exclude': others.grep !== undefined || others.exclude !== undefined,
    '--multiline': others.multiline !== undefined,
  };
  for (const [flags, isGiven] of Object.entries(refused)) {
    if (isGiven) throw new UsageError({ flag: '--via insights', problem: `excludes ${flags}`, fix });
  }
  const { maxQueryRows } = await import('../../logs/query/query-limits.js');
  if (take !== undefined && take.count > maxQueryRows.CWLI) {
    const flag = take.from === 'start' ? '--limit' : '--last';
    const problem = `is more than the ${maxQueryRows.CWLI.toLocaleString('en-US')} events that a query gives, with --via insights`;
    throw new UsageError({ flag, value: String(take.count), problem, fix: `leave ${flag} out to read all in parts` });
  }
  return { maxBytes: maxBytes === undefined ? undefined : parseBytes(maxBytes, '--max-bytes', '10GB') };
}

/** Reads a request by the way that was asked for; what a query has scanned is told at the end. */
export async function* readBy(
  way: Way,
  clients: readonly CloudWatchLogsClient[],
  request: FetchRequest,
  options: FetchOptions,
  run: Run,
): AsyncGenerator<readonly LogEvent[]> {
  const { queryEventPages } = await import('../../logs/query/query-events.js');
  const { createQueryMonitor } = await import('../../logs/query/query-monitor.js');
  const monitor = createQueryMonitor();
  const onBusy = createBusyWarning(run);
  try {
    yield* queryEventPages(clients, request, { ...options, query: { ...way, monitor, onBusy } });
  } finally {
    if (monitor.queries > 0) await reportScanned(monitor, run);
  }
}

import type { Io } from '../../io.js';
import { type Need, placesOf } from '../policy/need.js';
import { printPolicy } from '../policy/print-policy.js';
import { regionsAsked } from '../policy/regions.js';
import { toListingClients } from '../reading/listing.js';
import { type ExportFlags, type ExportTodo, toBucketGrant, toExportClient, toExportRequest } from './options.js';

/** Prints what `export` needs for what it is to do. */
export async function printExportPolicy(
  todo: ExportTodo,
  operands: readonly string[],
  flags: ExportFlags,
  io: Io,
): Promise<void> {
  await printPolicy(await needsOf(todo, operands, flags, io), flags, io);
}

async function needsOf(todo: ExportTodo, operands: readonly string[], flags: ExportFlags, io: Io): Promise<Need[]> {
  switch (todo) {
    case 'policy':
      toBucketGrant(operands, flags, io);
      return [];
    case 'list':
      toListingClients(flags, io);
      return [{ on: 'nothing', actions: ['DescribeExportTasks'] }];
    case 'cancel':
      toExportClient(flags, io);
      return [{ on: 'nothing', actions: ['CancelExportTask'] }];
    case 'export':
      return exportNeeds(operands, flags, io);
  }
}

/**
 * Tasks are looked at also where the new one is not waited for: another one may be in its way. Who exports has to have
 * the right to write to the bucket.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateExportTask.html
 */
async function exportNeeds(operands: readonly string[], flags: ExportFlags, io: Io): Promise<Need[]> {
  const { createPresent } = await import('../../time/zone.js');
  const { bucket, prefix } = await toExportRequest(operands, flags, createPresent(io.now(), flags, io.env));
  const logGroups = operands.slice(0, 1);
  const regions = await regionsAsked([toExportClient(flags, io)], logGroups);
  return [
    { on: 'groups', actions: ['CreateExportTask'], places: placesOf({ logGroups }, regions) },
    { on: 'nothing', actions: ['DescribeExportTasks'] },
    ...regions.map((region) => ({ on: 'bucket', actions: ['PutObject'], region, bucket, prefix }) as const),
  ];
}

import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { Io } from '../../io.js';
import type { BucketGrant } from '../../logs/bucket-policy.js';
import type { ClientOptions } from '../../logs/client.js';
import type { ExportRequest } from '../../logs/export-tasks.js';
import type { Present } from '../../time/zone.js';
import { toClientOptions, toOneRegion } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';
import { parseGroup, parseStreamName } from '../options/names.js';
import { type RangeOptionFlags, rangeFlags, type ZoneFlags } from '../options/range.js';
import { refuseTogether } from '../options/values.js';

/** What `export` is to do, as it was typed. */
export interface ExportFlags extends GlobalFlags, ZoneFlags, RangeOptionFlags {
  readonly streamPrefix?: string;
  readonly wait: boolean;
  readonly waitForOthers?: boolean;
  readonly list?: boolean;
  readonly cancel?: string;
  readonly printBucketPolicy?: boolean;
  readonly account?: string;
  readonly format: string;
  readonly progress?: boolean;
  readonly dryRun?: boolean;
}

/** Adds the options that only `export` has. */
export function addExportOptions(command: Command): Command {
  return command
    .option('--stream-prefix <prefix>', 'only streams whose names begin so')
    .option('--no-wait', 'print the id of the task and stop; default: wait until it is over')
    .option('--wait-for-others', 'while another task of the account runs, wait for it; there can be one at a time')
    .option('--progress', 'show how it stands, on stderr; default: when that is a terminal')
    .option('--no-progress', 'do not show it')
    .option('--dry-run', 'print the resolved request as JSON and stop')
    .optionsGroup('Instead of an export:')
    .option('--list', 'list the export tasks of the account')
    .option(
      '--format <form>',
      'of the list: table (tab-separated when piped), json, or names: ids, one a line',
      'table',
    )
    .option('--cancel <id>', 'end the task with this id')
    .option('--print-bucket-policy', 'print a bucket policy that lets CloudWatch Logs write there, without a request')
    .option('--account <id>', 'the account that exports, for the policy; default: that of the group’s ARN');
}

/** The one thing that was asked for. */
export type ExportTodo = 'export' | 'list' | 'cancel' | 'policy';

/** Tells what was asked for, and refuses two at once. */
export function toExportTodo(operands: readonly string[], flags: ExportFlags): ExportTodo {
  refuseTogether('--list', flags.list, '--cancel', flags.cancel);
  refuseTogether('--list', flags.list, '--print-bucket-policy', flags.printBucketPolicy);
  refuseTogether('--cancel', flags.cancel, '--print-bucket-policy', flags.printBucketPolicy);
  if (flags.printBucketPolicy === true) return 'policy';
  if (flags.account !== undefined) {
    throw new UsageError({ flag: '--account', problem: 'is about --print-bucket-policy', fix: 'leave it out' });
  }
  if (flags.list !== true && flags.cancel === undefined) return 'export';
  const [operand] = operands;
  const flag = flags.list === true ? '--list' : '--cancel';
  if (operand === undefined) return flags.list === true ? 'list' : 'cancel';
  throw new UsageError({ flag, problem: 'is about tasks, and takes no group', fix: `leave out ${operand}` });
}

/** Reads what to export; every usage error is found here, before any client exists. */
export async function toExportRequest(
  operands: readonly string[],
  flags: ExportFlags,
  present: Present,
): Promise<ExportRequest> {
  const { toRange } = await import('../../time/range.js');
  const [group, url] = operands;
  if (group === undefined || url === undefined) throw missing(group === undefined ? '<group>' : '<s3-url>');
  const logGroup = parseGroup(group);
  return {
    // An export names its group; the ARN says no more than region and account.
    logGroup: logGroup.startsWith('arn:') ? (logGroup.split(':')[6] ?? logGroup) : logGroup,
    streamPrefix: flags.streamPrefix === undefined ? undefined : parseStreamName(flags.streamPrefix, '--stream-prefix'),
    ...toRange(rangeFlags(flags), present),
    ...parseS3Url(url),
  };
}

/** Reads what a bucket is to be opened for; nothing is asked of the service. */
export function toBucketGrant(operands: readonly string[], flags: ExportFlags, io: Io): BucketGrant {
  const url = operands.at(-1);
  if (url === undefined) throw missing('<s3-url>');
  const place = parseS3Url(url);
  const group = operands.length > 1 && operands[0] !== undefined ? parseGroup(operands[0]) : '';
  const [, , , arnRegion, arnAccount] = group.startsWith('arn:') ? group.split(':') : [];
  const [{ region = arnRegion }] = toClientOptions(flags, io);
  const accountId = flags.account ?? arnAccount;
  if (region === undefined) {
    throw new UsageError({ flag: '--region', problem: 'is needed for a bucket policy', fix: 'add --region eu-west-1' });
  }
  if (accountId === undefined) {
    const fix = 'add --account 123456789012, which aws sts get-caller-identity tells';
    throw new UsageError({ flag: '--account', problem: 'is needed for a bucket policy', fix });
  }
  if (/^\d{12}$/.test(accountId)) return { ...place, region, accountId };
  const problem = 'is not an account id, which has twelve digits';
  throw new UsageError({ flag: '--account', value: accountId, problem, fix: 'try --account 123456789012' });
}

/** The region of an export; refuses several. */
export function toExportClient(flags: ExportFlags, io: Io): ClientOptions {
  return toOneRegion(toClientOptions(flags, io), 'an export is of one region');
}

function missing(flag: string): UsageError {
  const fix = 'try: cwlogs export /prod/api s3://bucket/prefix --start 1d';
  return new UsageError({ flag, problem: 'is missing', fix });
}

/** What the service puts objects under where nothing is said. */
const usualPrefix = 'exportedlogs';

/**
 * Reads where to export to: a bucket, and the beginning of the names of objects.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function parseS3Url(text: string): { readonly bucket: string; readonly prefix: string } {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)(?:\/(.*))?$/.exec(text) ?? [];
  const prefix = path.replace(/^\/+|\/+$/g, '');
  const isBucket = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) && !bucket.includes('..');
  if (isBucket && !/\p{Cc}/u.test(prefix)) return { bucket, prefix: prefix === '' ? usualPrefix : prefix };
  const problem = isBucket || bucket === '' ? 'is not an S3 URL' : `names no bucket: ${bucket} cannot be one`;
  throw new UsageError({ flag: '<s3-url>', value: text, problem, fix: 'try s3://my-bucket/logs' });
}

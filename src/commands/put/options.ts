import type { Command } from 'commander';
import { UsageError } from '../../errors.js';
import type { Oversize } from '../../logs/write/event-size.js';
import type { GlobalFlags } from '../options/global.js';
import { addZoneOptions, type ZoneFlags } from '../options/range.js';
import { parseTimer } from '../options/timer.js';
import { parseBytes, parseChoice, parseConcurrency } from '../options/values.js';

/** How lines become events, as it was typed. */
export interface LineFlags extends ZoneFlags {
  readonly jsonTime?: string;
  readonly timeFormat?: string;
  readonly multiline?: string;
  readonly fromJson?: boolean;
}

/** Adds the options that say how lines become events. */
export function addLineOptions(command: Command): Command {
  command
    .optionsGroup('Lines:')
    .option('--json-time <field>', 'take the time from this field of JSON lines: time, @timestamp, meta.ts')
    .option(
      '--time-format <pattern>',
      "take the time from the line: 'yyyy-MM-dd HH:mm:ss.SSS', with MMM d h a yy Z as well. With either of the two, a line without a time has that of the line before it, however old",
    )
    .option(
      '--multiline <regex>',
      'a line that matches begins an event, the others continue it, within a second of each other',
    )
    .option('--from-json', 'restore events of fetch --format json, with their own times and streams');
  return addZoneOptions(command);
}

/** How events are delivered, as it was typed. */
export interface DeliveryFlags extends GlobalFlags {
  readonly create?: boolean;
  readonly retention?: string;
  readonly oversize: string;
  readonly batchInterval: string;
  readonly maxOutage: string;
  readonly buffer: string;
  readonly concurrency?: string;
}

/** How events are delivered, as it is meant. */
export interface Delivery {
  readonly createGroup: boolean;
  readonly retentionDays: number | undefined;
  readonly oversize: Oversize;
  readonly batchIntervalMs: number;
  readonly maxOutageMs: number;
  readonly maxQueuedBytes: number;
  readonly concurrency: number | undefined;
}

/** Adds the options that say how events are delivered. */
export function addDeliveryOptions(command: Command): Command {
  return command
    .optionsGroup('Delivery:')
    .option('--create', 'make the log group where it does not exist')
    .option('--retention <days>', 'how long a group made by --create keeps its events; default: for ever')
    .option('--oversize <how>', 'messages above 1 MiB: split, truncate or reject', 'split')
    .option('--batch-interval <duration>', 'send what there is after so long', '1s')
    .option('--max-outage <duration>', 'hold each line for so long where the service cannot be reached', '10m')
    .option('--buffer <bytes>', 'read so far ahead of what is delivered, and then wait', '6MB')
    .option('--concurrency <n>', 'requests in flight at once; default: 16')
    .option('--rate <n>', 'requests a second at most; default: 85 % of the account’s quota');
}

/** Reads the options that say how events are delivered. */
export async function toDelivery(flags: DeliveryFlags): Promise<Delivery> {
  if (flags.retention !== undefined && flags.create !== true) {
    const fix = 'add --create, or leave it out: a group that exists keeps its own';
    throw new UsageError({ flag: '--retention', value: flags.retention, problem: 'is for a new group', fix });
  }
  return {
    createGroup: flags.create === true,
    retentionDays: flags.retention === undefined ? undefined : await parseRetention(flags.retention),
    oversize: parseChoice(flags.oversize, '--oversize', ['split', 'truncate', 'reject']),
    batchIntervalMs: await parseTimer(flags.batchInterval, '--batch-interval'),
    maxOutageMs: await parseTimer(flags.maxOutage, '--max-outage'),
    maxQueuedBytes: parseBuffer(flags.buffer),
    concurrency: parseConcurrency(flags.concurrency),
  };
}

async function parseRetention(text: string): Promise<number> {
  const { checkRetention } = await import('../../logs/write/retention.js');
  return checkRetention(/^\d+$/.test(text) ? Number(text) : text, '--retention');
}

function parseBuffer(text: string): number {
  const flag = '--buffer';
  const bytes = parseBytes(text, flag, '64MB');
  if (bytes >= 1) return bytes;
  throw new UsageError({ flag, value: text, problem: 'holds nothing', fix: `try ${flag} 64MB` });
}

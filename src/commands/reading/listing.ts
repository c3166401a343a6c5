import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { createReporter, type Io } from '../../io.js';
import type { ClientOptions } from '../../logs/client.js';
import type { ReadOptions } from '../../logs/read/filter-events.js';
import type { Column } from '../../render/table.js';
import { toClientOptions } from '../options/client.js';
import type { GlobalFlags } from '../options/global.js';
import { toColor } from '../options/output.js';
import { parseChoice } from '../options/values.js';
import { checkProfile } from './profile.js';
import { both } from './run.js';
import { placeOf, watchSilence } from './silence.js';

/** What the listing commands share. */
export interface ListingFlags extends GlobalFlags {
  readonly format: string;
  readonly sort?: string;
}

/** Adds the options that the listing commands share; a table can be sorted by each of the columns. */
export function addListingOptions(command: Command, columns: readonly string[]): Command {
  return command
    .option('--format <form>', 'table (tab-separated when piped), json, or names, one a line', 'table')
    .option('--sort <column>', `by ${columns.join(', ')}: the largest or newest first; default: by name`);
}

/** Reads `--sort`. */
export function parseSort<Name extends string>(
  { sort = 'name' }: ListingFlags,
  columns: readonly Name[],
): Name | 'name' {
  return parseChoice<Name | 'name'>(sort, '--sort', ['name', ...columns]);
}

/** Puts the largest first; what has no value comes last, equals stay as they were. */
export function sortDescending<Entry>(
  entries: readonly Entry[],
  rankOf: (entry: Entry) => number | undefined,
): Entry[] {
  const ranked = entries.map((entry) => ({ entry, value: rankOf(entry) ?? Number.NEGATIVE_INFINITY }));
  return ranked.sort((a, b) => (a.value === b.value ? 0 : b.value - a.value)).map(({ entry }) => entry);
}

/** An entry, with its region where several are listed. */
export type Regional<Entry> = Entry & { readonly region?: string };

/** Some entries, and how they are shown. */
export interface Listing<Entry> {
  readonly columns: readonly Column[];
  readonly entries: readonly Regional<Entry>[];
  readonly nameOf: (entry: Entry) => string;
  /** Cells for a person. */
  readonly cells: (entry: Entry) => string[];
  /** Cells for a program: plain numbers, ISO times. */
  readonly rawCells: (entry: Entry) => string[];
  /** Said on stderr where there is no entry. */
  readonly nothing: string;
}

/** Writes a listing: a table on a terminal, tab-separated when piped, or one JSON object a line. */
export async function writeListing<Entry>(listing: Listing<Entry>, flags: ListingFlags, io: Io): Promise<void> {
  if (listing.entries.length === 0) await createReporter(io, flags).warn(listing.nothing);
  const format = parseListingFormat(flags);
  if (format !== 'table') {
    const { visibleJson, visibleName } = await import('../../render/visible-text.js');
    const { entries, nameOf } = listing;
    const toName = io.stdout.isTTY ? visibleName : (name: string) => name;
    const toJson = io.stdout.isTTY ? visibleJson : (json: string) => json;
    const lines = entries.map((entry) => (format === 'names' ? toName(nameOf(entry)) : toJson(JSON.stringify(entry))));
    // One name may be in several regions.
    return io.stdout.write([...new Set(lines)].map((line) => `${line}\n`).join(''));
  }
  const { renderTable } = await import('../../render/table.js');
  const several = listing.entries.some(({ region }) => region !== undefined);
  const columns = several ? [{ title: 'REGION' }, ...listing.columns] : listing.columns;
  const cellsOf = io.stdout.isTTY ? listing.cells : listing.rawCells;
  const rows = listing.entries.map((entry) => [...(several ? [entry.region ?? ''] : []), ...cellsOf(entry)]);
  const terminal = io.stdout.isTTY ? { terminal: { color: await toColor(flags, io) } } : {};
  await io.stdout.write(renderTable(columns, rows, terminal));
}

/** Reads entries to the end, from every region that was asked for. */
export async function readEach<Entry extends object>(
  flags: ListingFlags,
  io: Io,
  list: (client: CloudWatchLogsClient, options: ReadOptions) => AsyncIterable<Entry>,
): Promise<Regional<Entry>[]> {
  const clientOptions = toListingClients(flags, io);
  const reporter = createReporter(io, flags);
  await checkProfile(flags, io, reporter);
  const silence = watchSilence(reporter);
  const { createPatience } = await import('./patience.js');
  const { connect } = await import('../../logs/client.js');
  const entries: Regional<Entry>[] = [];
  const several = clientOptions.length > 1;
  for (const options of clientOptions) {
    const { profile } = options;
    const patience = createPatience(io, reporter, { hasBegun: () => false, renewable: false, profile });
    const watch = both(silence.heard, patience.heard);
    const { client, region } = await connect({ ...options, onAttempt: both(options.onAttempt, watch) });
    silence.start(placeOf(options.endpoint, [region]));
    try {
      for await (const entry of list(client, { signal: io.signal }))
        entries.push(several ? { ...entry, region } : entry);
    } finally {
      client.destroy();
    }
  }
  return entries;
}

/** The clients of a listing, whose form can be written. */
export function toListingClients(flags: ListingFlags, io: Io): readonly ClientOptions[] {
  parseListingFormat(flags);
  return toClientOptions(flags, io);
}

/** Reads `--format` of a listing. */
export function parseListingFormat(flags: ListingFlags): 'table' | 'json' | 'names' {
  return parseChoice(flags.format, '--format', ['table', 'json', 'names']);
}

/** Reads the pattern of a listing: a whole name with `*` as the only wildcard, or else a part of the name. */
export function toListingPattern(text: string | undefined): string {
  return text?.includes('*') === true ? text : `*${text ?? ''}*`;
}

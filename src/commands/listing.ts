import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Command } from 'commander';
import { createReporter, type Io } from '../io.js';
import type { ReadOptions } from '../logs/read/filter-events.js';
import type { Column } from '../render/table.js';
import { type GlobalFlags, parseChoice, toClientOptions } from './options.js';
import { toColor } from './output.js';
import { checkProfile } from './profile.js';
import { both } from './reading.js';
import { placeOf, watchSilence } from './silence.js';

/** What the listing commands share. */
export interface ListingFlags extends GlobalFlags {
  readonly format: string;
}

/** Adds the options that the listing commands share. */
export function addListingOptions(command: Command): Command {
  return command.option('--format <form>', 'table (tab-separated when piped) or json', 'table');
}

/** An entry, with its region where several are listed. */
export type Regional<Entry> = Entry & { readonly region?: string };

/** Some entries, and how they are shown. */
export interface Listing<Entry> {
  readonly columns: readonly Column[];
  readonly entries: readonly Regional<Entry>[];
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
  if (parseListingFormat(flags) === 'json') {
    return io.stdout.write(listing.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
  const { renderTable } = await import('../render/table.js');
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
  parseListingFormat(flags);
  const clientOptions = toClientOptions(flags, io);
  const reporter = createReporter(io, flags);
  await checkProfile(flags, io, reporter);
  const silence = watchSilence(reporter);
  const { connect } = await import('../logs/client.js');
  const entries: Regional<Entry>[] = [];
  const several = clientOptions.length > 1;
  for (const options of clientOptions) {
    const { client, region } = await connect({ ...options, onAttempt: both(options.onAttempt, silence.heard) });
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

function parseListingFormat(flags: ListingFlags): 'table' | 'json' {
  return parseChoice(flags.format, '--format', ['table', 'json']);
}

/** A name pattern: what all names it matches begin with, and whether it matches one. */
export interface NamePattern {
  readonly prefix: string;
  matches(name: string): boolean;
}

/** Reads the pattern of a listing: a whole name with `*` as the only wildcard, or else a part of the name. */
export function parseNamePattern(text = ''): NamePattern {
  if (!text.includes('*')) return { prefix: '', matches: (name) => name.includes(text) };
  const parts = text.split('*');
  const [prefix = ''] = parts;
  return { prefix, matches: (name) => matchesParts(name, parts) };
}

/** Whether the parts occur in order, the first at the start and the last at the end. */
function matchesParts(name: string, parts: readonly string[]): boolean {
  const last = parts.length - 1;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index === last) return name.length - part.length >= at && name.endsWith(part);
    const found = name.indexOf(part, at);
    if (found < 0 || (index === 0 && found > 0)) return false;
    at = found + part.length;
  }
  return true;
}

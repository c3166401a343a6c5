import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test, vi } from 'vitest';
import { type Listing, type ListingFlags, readEach, writeListing } from '../../../src/commands/reading/listing.js';
import type { ReadOptions } from '../../../src/logs/read/filter-events.js';
import { memoryIo } from '../../support/memory-io.js';

interface Size {
  readonly name: string;
  readonly bytes: number;
}

const listing: Listing<Size> = {
  columns: [{ title: 'NAME' }, { title: 'SIZE', align: 'right' }],
  entries: [
    { name: '/app', bytes: 2_048 },
    { name: '/worker', bytes: 10 },
  ],
  nameOf: ({ name }) => name,
  cells: ({ name, bytes }) => [name, `${bytes / 1_024} KB`],
  rawCells: ({ name, bytes }) => [name, String(bytes)],
  nothing: 'no log group matches "x"',
};
const flags: ListingFlags = { format: 'table', color: 'auto' };

test('piped, a listing is raw cells between tabs', async () => {
  const io = memoryIo();
  await writeListing(listing, flags, io);
  expect(io.stdout.text()).toBe('/app\t2048\n/worker\t10\n');
  expect(io.stderr.text()).toBe('');
});

test('on a terminal, a listing is a table of cells for a person', async () => {
  const io = memoryIo({ isTTY: true });
  await writeListing({ ...listing, entries: listing.entries.slice(0, 1) }, { ...flags, color: 'never' }, io);
  expect(io.stdout.text()).toBe('NAME  SIZE\n/app  2 KB\n');
});

test.each([false, true])('--format json is one object a line, also with a terminal: %s', async (isTTY) => {
  const io = memoryIo({ isTTY });
  await writeListing(listing, { ...flags, format: 'json' }, io);
  expect(io.stdout.text()).toBe('{"name":"/app","bytes":2048}\n{"name":"/worker","bytes":10}\n');
});

test.each(['table', 'json'])('nothing to list as %s is said on stderr, and stdout stays empty', async (format) => {
  const io = memoryIo();
  await writeListing({ ...listing, entries: [] }, { ...flags, format }, io);
  expect(io.stdout.text()).toBe('');
  expect(io.stderr.text()).toBe('cwlogs: no log group matches "x"\n');
});

test('nothing to list is not said with --quiet', async () => {
  const io = memoryIo();
  await writeListing({ ...listing, entries: [] }, { ...flags, quiet: true }, io);
  expect(io.stderr.text()).toBe('');
});

test('every region is read to its end, in the order given, and its client let go', async () => {
  const { list, destroyed } = regions();
  const names = await readEach({ ...flags, region: ['eu-west-1', 'us-east-1'] }, memoryIo({ env: keys }), list);
  expect(names).toEqual([
    { name: 'first', region: 'eu-west-1' },
    { name: 'second', region: 'eu-west-1' },
    { name: 'first', region: 'us-east-1' },
    { name: 'second', region: 'us-east-1' },
  ]);
  expect(destroyed).toEqual(['eu-west-1', 'us-east-1']);
});

test('a table of several regions names them', async () => {
  const io = memoryIo();
  const entries = listing.entries.map((entry, at) => ({ ...entry, region: `region-${at}` }));
  await writeListing({ ...listing, entries }, flags, io);
  expect(io.stdout.text().split('\n')[0]).toMatch(/^region-0\t/);
});

test('a failure lets the client go', async () => {
  const { list, destroyed } = regions(new Error('denied'));
  const reading = readEach({ ...flags, region: ['eu-west-1', 'us-east-1'] }, memoryIo({ env: keys }), list);
  await expect(reading).rejects.toThrow('denied');
  expect(destroyed).toEqual(['eu-west-1']);
});

test('reading is given the signal of the run', async () => {
  const io = memoryIo({ env: keys });
  const { list, signals } = regions();
  await readEach({ ...flags, region: ['eu-west-1'] }, io, list);
  expect(signals).toEqual([io.signal]);
});

test('a format that is not known is refused before anything is read', async () => {
  const { list, signals } = regions();
  await expect(readEach({ ...flags, format: 'yaml' }, memoryIo({ env: keys }), list)).rejects.toThrow(
    '--format "yaml" is not known; use table, json, names',
  );
  expect(signals).toEqual([]);
});

const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

/** A listing of two, which remembers whom it was asked by. */
function regions(failure?: Error) {
  const destroyed: string[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  async function* list(client: CloudWatchLogsClient, { signal }: ReadOptions): AsyncGenerator<{ name: string }> {
    signals.push(signal);
    const region = await client.config.region();
    vi.spyOn(client, 'destroy').mockImplementation(() => destroyed.push(region));
    if (failure !== undefined) throw failure;
    yield { name: 'first' };
    yield { name: 'second' };
  }
  return { list, destroyed, signals };
}

import { expect } from 'vitest';
import { whatIs } from './performing.js';
import type { Scene, SceneEvent } from './scene.js';
import {
  around,
  countsBy,
  type Deed,
  joined,
  jsonLines,
  sameLines,
  telling,
  textLines,
  timesOf,
  toLine,
} from './truth.js';

/** All that only reads, by every command. */
export function readingDeeds(scene: Scene): Deed[] {
  const range = ['--start', String(scene.startMs), '--end', String(scene.endMs)];
  return [
    ...fetching(scene, range),
    ...choosing(scene, [...range, '--format', 'json']),
    ...listing(scene),
    ...counting(scene, range),
    ...querying(scene, range),
    ...trying(scene),
  ];
}

function fetching({ groups, events }: Scene, range: readonly string[]): Deed[] {
  const json = [...range, '--format', 'json'];
  const all = events.map(toLine);
  const newest = [...events].sort((a, b) => b.timestamp - a.timestamp).map(({ timestamp }) => String(timestamp));
  const times = ['--format', '{time}'];
  return [
    telling(['fetch', ...groups, ...json], all, inOrder),
    telling(['fetch', '/hostile/*', ...json, '--concurrency', '1'], all, inOrder),
    telling(['get', ...groups, ...json, '--rate', '200', '--stats', '--single-line'], all),
    telling(['fetch', ...groups, ...json, '--region', 'us-east-1', '--region', 'eu-west-1'], [...all, ...all]),
    telling(['fetch', ...groups, ...json, '--via', 'insights'], all, inOrder),
    telling(['fetch', ...groups, ...range, ...times, '-n', '7'], newest.slice(0, 7), timesOf),
    telling(['fetch', ...groups, ...range, ...times, '--limit', '5'], newest.slice(-5), timesOf),
    telling(['tail', ...groups, '--no-follow', '-n', '9', ...times], newest.slice(0, 9), timesOf),
    telling(['fetch', ...groups, ...range, '-0', '--format', '{eventId}'], Array(events.length).fill('id'), (output) =>
      output
        .split('\0')
        .slice(0, -1)
        .map((id) => (/^\d+$/.test(id) ? 'id' : id)),
    ),
    telling(['fetch', ...groups, '--start', '2026-11-19T00:00', '--end', '2026-11-20T00:00', '--format', 'json'], []),
  ];
}

function choosing({ groups, events }: Scene, json: readonly string[]): Deed[] {
  const of = (keeps: (event: SceneEvent) => boolean): string[] => events.filter(keeps).map(toLine);
  const isError = ({ message }: SceneEvent): boolean => /ERROR [0-4]/.test(message);
  const [stream = 'none'] = events.map((event) => event.stream);
  const [head, tail] = [stream.slice(0, 2), stream.slice(-1)];
  const hasName = (event: SceneEvent): boolean => event.stream.startsWith(head) && event.stream.endsWith(tail);
  const isJson = (event: SceneEvent): boolean => event.message.startsWith('{');
  return [
    telling(
      ['fetch', ...groups, ...json, '--where', 'status>=500'],
      of((event) => statusOf(event) >= 500),
    ),
    telling(['fetch', ...groups, ...json, '--where', 'status>=900'], []),
    telling(['fetch', ...groups, ...json, '-g', 'ERROR [0-4]'], of(isError)),
    telling(
      ['fetch', ...groups, ...json, '-v', 'e'],
      of(({ message }) => !message.includes('e')),
    ),
    telling(['fetch', ...groups, ...json, '--stream', `${head}*${tail}`], of(hasName)),
    telling(
      ['fetch', ...groups, ...json, '--stream-prefix', head],
      of((event) => event.stream.startsWith(head)),
    ),
    telling(['fetch', ...groups, ...json, '-g', 'ERROR [0-4]', '-C', '2'], around(events, isError, 2, 2)),
    telling(
      ['fetch', ...groups, ...json, '--filter', 'ERROR', '-B', '3', '-A', '1'],
      around(events, ({ message }) => message.includes('ERROR'), 3, 1),
    ),
    telling(['fetch', ...groups, ...json, '--multiline', '^[{]'], joined(events, isJson)),
    telling(
      ['trace', 'id-7', ...groups, ...json],
      of(({ message }) => message.includes('id-7')),
    ),
    telling(
      ['trace', '"id-7"', ...groups, ...json, '-C', '1'],
      around(events, ({ message }) => message.includes('"id-7"'), 1, 1),
    ),
  ];
}

function listing({ groups, streams }: Scene): Deed[] {
  const columns = (output: string): string[] => textLines(output).map((line) => line.split('\t')[0] ?? '');
  const named = (member: string) => (output: string) =>
    textLines(output).map((line) => String((JSON.parse(line) as Record<string, unknown>)[member]));
  return [
    telling(['groups', '--format', 'names'], groups, textLines),
    telling(['groups', 'hostile', '--last-event', '--sort', 'last-event'], groups, columns),
    telling(['groups', '/hostile/*', '--format', 'json'], groups, named('logGroupName')),
    telling(['groups', 'nothing-is-called-so', '--format', 'names'], [], textLines),
    ...groups.flatMap((group) => {
      const names = streams.get(group) ?? [];
      return [
        telling(['streams', group, '--sort', 'last-event', '--format', 'json'], names, named('logStreamName')),
        telling(
          ['streams', group, 'web/*', '--format', 'names'],
          names.filter((name) => name.startsWith('web/')),
          textLines,
        ),
      ];
    }),
  ];
}

function counting({ groups, events, folder }: Scene, range: readonly string[]): Deed[] {
  const day = ['--bucket', '1d', '--format', 'json'];
  const histogram = (...options: string[]): string[] => ['histogram', ...groups, ...range, ...day, ...options];
  const statuses = countsBy(events, (event) => String(statusOf(event) || '(none)'));
  const streams = countsBy(events, ({ stream }) => stream);
  return [
    telling(
      histogram('--by', 'group'),
      countsBy(events, ({ group }) => group),
      totalsOf,
    ),
    telling(histogram('--by', 'stream'), streams, totalsOf),
    telling(histogram('--by', 'stream', '--via', 'insights'), streams, totalsOf),
    telling(histogram('--by', 'status'), statuses, totalsOf),
    telling(histogram('--by', 'status', '--via', 'insights'), statuses, totalsOf),
    telling(
      histogram('-g', 'ERROR', '--by', 'region', '--svg', `${folder}/picture.svg`, '--force'),
      countsBy(
        events.filter(({ message }) => message.includes('ERROR')),
        () => 'us-east-1',
      ),
      totalsOf,
    ),
  ];
}

function querying({ groups, events }: Scene, range: readonly string[]): Deed[] {
  const [group = ''] = groups;
  const own = events.filter((event) => event.group === group);
  const query = (text: string, ...options: string[]): string[] => [
    'query',
    text,
    '--group',
    group,
    ...range,
    ...options,
  ];
  return [
    telling(query('fields @timestamp, @logStream, @message', '--format', 'json'), own.map(toLine), (output) =>
      rowsOf(output).map((row) => toLine(eventOfRow(group, row))),
    ),
    telling(
      query('stats count(*) as found by level', '--format', 'json'),
      countsBy(own, ({ message }) => /"level":"(\w+)"/.exec(message)?.[1] ?? ''),
      (output) => rowsOf(output).map((row) => `${row.level ?? ''} ${row.found}`),
    ),
    telling(
      query('fields @message | filter status = 500 | limit 3', '--format', 'json'),
      Array(Math.min(3, own.filter((event) => statusOf(event) === 500).length)).fill('row'),
      (output) => rowsOf(output).map(() => 'row'),
    ),
  ];
}

function trying({ groups, events }: Scene): Deed[] {
  const lines = events.map(({ message }) => message.replaceAll(/[\r\n]/g, ' '));
  const stdin = { stdin: lines.map((line) => `${line}\n`) };
  const found = lines.filter((line) => line.includes('ERROR'));
  const asJson = events.map((event) => JSON.stringify(event));
  return [
    telling(['pattern', '"ERROR"'], found, textLines, stdin),
    telling(['pattern', '"ERROR"', '--aws'], found, textLines, stdin),
    telling(
      ['pattern', '{ $.status = 500 }', '--aws', '--count', '--from-json'],
      [String(events.filter((event) => statusOf(event) === 500).length)],
      textLines,
      { stdin: asJson.map((line) => `${line}\n`) },
    ),
    async (perform, scene) => {
      const asked = [...scene.endpoint.requests];
      const argv = ['fetch', ...groups, '--start', '1h', '--print-policy'];
      const { exitCode, stdout } = await perform(argv);
      expect(exitCode, whatIs(scene, argv)).toBe(0);
      expect(JSON.parse(stdout), whatIs(scene, argv)).toHaveProperty('Statement');
      expect([...scene.endpoint.requests], whatIs(scene, argv)).toEqual(asked);
    },
  ];
}

function statusOf({ message }: SceneEvent): number {
  return Number(/"status":(\d+)/.exec(message)?.[1] ?? 0);
}

/** The lines of events that came in the order of their times. */
function inOrder(output: string): string[] {
  const times = textLines(output).map((line) => (JSON.parse(line) as SceneEvent).timestamp);
  sameLines(
    times.filter((time, at) => time < (times[at - 1] ?? 0)).map((time) => `${time} is too late`),
    [],
    'order',
  );
  return jsonLines(output);
}

type Row = Readonly<Record<string, string>>;

function rowsOf(output: string): Row[] {
  return textLines(output).map((line) => JSON.parse(line) as Row);
}

function eventOfRow(group: string, row: Row): SceneEvent {
  const timestamp = Date.parse(`${(row['@timestamp'] ?? '').replace(' ', 'T')}Z`);
  return { group, stream: row['@logStream'] ?? '', timestamp, message: row['@message'] ?? '' };
}

function totalsOf(output: string): string[] {
  const totals = new Map<string, number>();
  for (const line of textLines(output)) {
    const { counts = {} } = JSON.parse(line) as { readonly counts?: Readonly<Record<string, number>> };
    for (const [key, count] of Object.entries(counts)) totals.set(key, (totals.get(key) ?? 0) + count);
  }
  return [...totals].filter(([, total]) => total > 0).map(([key, total]) => `${key} ${total}`);
}

import { expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';
import { nowMs, type Scene, type SceneEvent, startScene } from './scene.js';

/** A command line, and the lines that are in its output when it is complete, in any order. */
interface Deed {
  readonly argv: readonly string[];
  readonly truth: readonly string[];
  /** Reads the output into the lines that are compared. */
  readonly linesOf?: (output: string) => string[];
}

const minutes = Number(process.env.CWLOGS_SOAK_MINUTES ?? 0);
const usualSeeds = 5;

test('through faults, tiny and empty pages: complete, or another exit code and why', {
  timeout: minutes * 90_000 + 120_000,
}, async () => {
  const untilMs = performance.now() + minutes * 60_000;
  const counts = new Map<string, number>();
  for (let seed = 1; seed <= usualSeeds || performance.now() < untilMs; seed++) {
    const scene = await startScene(seed);
    try {
      for (const deed of deedsOf(scene)) {
        await perform(deed, scene, seed);
        const [command = ''] = deed.argv;
        counts.set(command, (counts.get(command) ?? 0) + 1);
      }
    } finally {
      await scene.endpoint.close();
    }
  }
  if (minutes > 0) process.stdout.write(`${JSON.stringify(Object.fromEntries(counts))}\n`);
});

async function perform({ argv, truth, linesOf = jsonLines }: Deed, scene: Scene, seed: number): Promise<void> {
  const io = memoryIo({ nowMs, env: endpointEnv(scene.endpoint) });
  const exitCode = await main(argv, io);
  const what = `seed ${seed}: cwlogs ${argv.join(' ')}`;
  if (exitCode !== 0) {
    expect(io.stderr.text(), what).toMatch(/^cwlogs: .+\n/);
    return;
  }
  expect(linesOf(io.stdout.text()).sort(), what).toEqual([...truth].sort());
}

function deedsOf({ groups, events, startMs, endMs }: Scene): Deed[] {
  const range = ['--start', String(startMs), '--end', String(endMs)];
  const json = [...range, '--format', 'json'];
  const of = (keeps: (event: SceneEvent) => boolean): string[] => events.filter(keeps).map(toLine);
  const [stream = 'none'] = events.map((event) => event.stream);
  const statusOf = ({ message }: SceneEvent): number => Number(/"status":(\d+)/.exec(message)?.[1] ?? 0);
  const newest = [...events].sort((a, b) => b.timestamp - a.timestamp);
  return [
    { argv: ['fetch', ...groups, ...json], truth: of(() => true) },
    { argv: ['fetch', '/hostile/*', ...json, '--concurrency', '1'], truth: of(() => true) },
    { argv: ['fetch', ...groups, ...json, '--where', 'status>=500'], truth: of((event) => statusOf(event) >= 500) },
    {
      argv: ['fetch', ...groups, ...json, '-g', 'ERROR [0-4]'],
      truth: of(({ message }) => /ERROR [0-4]/.test(message)),
    },
    { argv: ['fetch', ...groups, ...json, '-v', 'e'], truth: of(({ message }) => !message.includes('e')) },
    {
      argv: ['fetch', ...groups, ...json, '--stream', `${stream.slice(0, 2)}*${stream.slice(-1)}`],
      truth: of((event) => event.stream.startsWith(stream.slice(0, 2)) && event.stream.endsWith(stream.slice(-1))),
    },
    {
      argv: ['fetch', ...groups, ...range, '--format', '{time}', '-n', '7'],
      truth: newest.slice(0, 7).map(({ timestamp }) => String(timestamp)),
      linesOf: timesOf,
    },
    {
      argv: ['fetch', ...groups, ...json, '-g', 'ERROR [0-4]', '-C', '2'],
      truth: around(events, ({ message }) => /ERROR [0-4]/.test(message), 2, 2),
    },
    {
      argv: ['fetch', ...groups, ...json, '--filter', 'ERROR', '-B', '3', '-A', '1'],
      truth: around(events, ({ message }) => message.includes('ERROR'), 3, 1),
    },
    {
      argv: ['tail', ...groups, '--no-follow', '-n', '9', '--format', '{time}'],
      truth: newest.slice(0, 9).map(({ timestamp }) => String(timestamp)),
      linesOf: timesOf,
    },
    { argv: ['trace', 'id-7', ...groups, ...json], truth: of(({ message }) => message.includes('id-7')) },
    {
      argv: ['histogram', ...groups, ...range, '--bucket', '1d', '--by', 'group', '--format', 'csv'],
      truth: countsOf(events),
      linesOf: (output) => totalsOf(output),
    },
  ];
}

/** What is found and what stands around it in its stream, each once. */
function around(
  events: readonly SceneEvent[],
  isHit: (event: SceneEvent) => boolean,
  before: number,
  after: number,
): string[] {
  const streams = new Map<string, SceneEvent[]>();
  for (const event of events) {
    const key = `${event.group} ${event.stream}`;
    streams.set(key, [...(streams.get(key) ?? []), event]);
  }
  return [...streams.values()].flatMap((own) =>
    own.filter((_, at) => own.slice(Math.max(0, at - after), at + before + 1).some(isHit)).map(toLine),
  );
}

function timesOf(output: string): string[] {
  const times = output.split('\n').slice(0, -1);
  return times.map((time) => String(Date.parse(`${time.replace(' ', 'T')}Z`)));
}

function toLine({ group, stream, timestamp, message }: SceneEvent): string {
  return JSON.stringify([group, stream, timestamp, message]);
}

function jsonLines(output: string): string[] {
  const lines = output.split('\n').slice(0, -1);
  return lines.map((line) => toLine(JSON.parse(line) as SceneEvent));
}

function countsOf(events: readonly SceneEvent[]): string[] {
  const counts = new Map<string, number>();
  for (const { group } of events) counts.set(group, (counts.get(group) ?? 0) + 1);
  return [...counts].map(([group, count]) => `${group} ${count}`);
}

function totalsOf(csv: string): string[] {
  const counts = new Map<string, number>();
  for (const line of csv.split('\n').slice(1, -1)) {
    const [, , group = '', count] = line.split(',');
    counts.set(group, (counts.get(group) ?? 0) + Number(count));
  }
  return [...counts].map(([group, count]) => `${group} ${count}`);
}

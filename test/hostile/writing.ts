import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { pick, randomInteger } from '../../src/server/random.js';
import { type Perform, whatIs } from './performing.js';
import type { Scene, SceneEvent } from './scene.js';
import { type Deed, jsonLines, sameLines, textLines, toLine } from './truth.js';

/** All that writes: into files, into groups, into buckets. */
export function writingDeeds(): Deed[] {
  return [
    saving('one.log', ['--manifest']),
    saving('one.log.gz', ['--manifest', '--concurrency', '1']),
    saving('{group}/{stream}.log', ['--manifest']),
    saving('{group}-{time:HHmm}.log.gz', []),
    putting([]),
    putting(['--concurrency', '1', '--buffer', '100KB', '--batch-interval', '5ms']),
    puttingHuge,
    puttingRecords,
    copying,
    exporting,
  ];
}

/** Downloads to files, interrupted now and then and gone on with, and then compared with their manifest. */
function saving(name: string, options: readonly string[]): Deed {
  return async (perform, scene) => {
    const { groups, startMs, endMs, random } = scene;
    const folder = join(scene.folder, `saved-${randomInteger(random, 0, 1e9)}`);
    const path = join(folder, name);
    const range = ['--start', String(startMs), '--end', String(endMs), '--format', 'json'];
    const argv = ['fetch', ...groups, ...range, '-o', path, ...options];
    if (!(await outlast(perform, scene, argv))) return;
    const text = filesIn(folder).filter((file) => /\.log(?:\.gz)?$/.test(file));
    sameLines(
      text.flatMap((file) => jsonLines(textOf(file))),
      scene.events.map(toLine),
      whatIs(scene, argv),
    );
    if (!options.includes('--manifest')) return;
    const verify = ['verify', name.includes('{') ? folder : path];
    const checked = await perform(verify);
    expect(checked, whatIs(scene, [...argv, '; cwlogs', ...verify])).toMatchObject({ exitCode: 0 });
    const recounted = await perform([...verify, '--recount']);
    if (recounted.exitCode !== 0) expect(recounted.stderr).not.toMatch(/another number|holds \d+ events/);
  };
}

/** Goes on with a download until it says that it is complete. */
async function outlast(perform: Perform, scene: Scene, argv: readonly string[]): Promise<boolean> {
  const { random } = scene;
  for (let attempt = 0; attempt < 6; attempt++) {
    const afterMs = attempt < 3 && random() < 0.5 ? randomInteger(random, 0, 300) : undefined;
    const { exitCode, stderr } = await perform(attempt === 0 ? argv : [...argv, '--resume'], {
      async meanwhile(io) {
        if (afterMs === undefined) return;
        await sleep(afterMs);
        io.interrupt('SIGINT');
      },
    });
    if (exitCode === 0) return true;
    // Interrupted when all was done already.
    if (/is complete/.test(stderr) && exitCode === 2) return true;
    expect(exitCode, `${whatIs(scene, argv)}: ${stderr}`).not.toBe(2);
  }
  return false;
}

/** Lines go into a stream at least once, and more often only where that is said. */
function putting(options: readonly string[]): Deed {
  return async (perform, scene) => {
    const { random } = scene;
    const number = randomInteger(random, 0, 1e9);
    const lines = Array.from({ length: pick(random, [0, 1, 500, 3_000]) }, (_, at) => `${at} ${toText(scene)}`);
    const argv = ['put', `/put/${number}`, 's', '--create', ...options];
    const pieces = lines.map((line) => `${line}\n`);
    const { exitCode, stderr } = await perform(argv, { stdin: pieces });
    const stored = storedIn(scene, `/put/${number}`).map(({ message }) => message);
    if (exitCode === 0) compareWritten(stored, lines, stderr, whatIs(scene, argv));
  };
}

function compareWritten(stored: readonly string[], lines: readonly string[], stderr: string, what: string): void {
  const [, twice = '0'] = /, ([\d,]+) may be there twice/.exec(stderr) ?? [];
  sameLines([...new Set(stored)], [...new Set(lines)], what);
  expect(stored.length - lines.length, what).toBeLessThanOrEqual(Number(twice.replaceAll(',', '')));
}

const maxMessageBytes = 1_048_576 - 26;

/** A line above what an event may hold: in pieces, cut or left out, and that is said. */
const puttingHuge: Deed = async (perform, scene) => {
  const group = `/huge/${randomInteger(scene.random, 0, 1e9)}`;
  const line = `${'é'.repeat(600_000)}${'x'.repeat(1_000_000)}`;
  for (const how of ['split', 'truncate', 'reject']) {
    const argv = ['put', group, how, '--create', '--oversize', how];
    const { exitCode, stderr } = await perform(argv, { stdin: [line, '\nafter\n'] });
    if (/may be there twice/.test(stderr)) continue;
    const all = storedIn(scene, group).filter(({ stream }) => stream === how);
    const parts = all.map(({ message }) => message).filter((message) => message !== 'after');
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(maxMessageBytes);
    if (how === 'reject') expect(exitCode, whatIs(scene, argv)).not.toBe(0);
    if (exitCode !== 0) continue;
    expect(all.length - parts.length, whatIs(scene, argv)).toBe(1);
    if (how === 'split') expect(parts.join('') === line, whatIs(scene, argv)).toBe(true);
    if (how === 'truncate')
      expect(line.startsWith(parts.join('')) && parts.length === 1, whatIs(scene, argv)).toBe(true);
  }
};

/** Lines with times of their own, and records of several lines. */
const puttingRecords: Deed = async (perform, scene) => {
  const number = randomInteger(scene.random, 0, 1e9);
  const records = Array.from({ length: 200 }, (_, at) => {
    const timestamp = scene.startMs + at * 1_000 * randomInteger(scene.random, 0, 3);
    return { timestamp, message: `${new Date(timestamp).toISOString()} ${at}\n  at ${toText(scene)}\n\u0000` };
  });
  const stdin = records.map(({ message }) => `${message}\n`);
  const options = ['--create', '--utc', '--multiline', '^\\d{4}-', '--time-format', "yyyy-MM-dd'T'HH:mm:ss.SSSZ"];
  const argv = ['put', `/records/${number}`, 's', ...options];
  const { exitCode, stderr } = await perform(argv, { stdin });
  if (exitCode !== 0) return;
  const lines = storedIn(scene, `/records/${number}`).map(({ timestamp, message }) => `${timestamp} ${message}`);
  const truth = records.map(({ timestamp, message }) => `${timestamp} ${message}`);
  compareWritten(lines, truth, stderr, whatIs(scene, argv));
};

/** What is fetched as JSON and put again is the same. */
const copying: Deed = async (perform, scene) => {
  const { groups, events, startMs, endMs, random } = scene;
  const [group = ''] = groups;
  const fetched = await perform([
    'fetch',
    group,
    '--start',
    String(startMs),
    '--end',
    String(endMs),
    '--format',
    'json',
  ]);
  if (fetched.exitCode !== 0) return;
  const copy = `/copy/${randomInteger(random, 0, 1e9)}`;
  const argv = ['put', copy, '--create', '--from-json'];
  const { exitCode, stderr } = await perform(argv, { stdin: [fetched.stdout] });
  if (exitCode !== 0 || /may be there twice/.test(stderr)) return;
  const own = events.filter((event) => event.group === group);
  const lines = storedIn(scene, copy).map((event) => toLine({ ...event, group }));
  sameLines(lines, own.map(toLine), whatIs(scene, argv));
};

/** The service writes what a range holds; a task that failed says so. */
const exporting: Deed = async (perform, scene) => {
  const { groups, events, startMs, endMs, random, folder } = scene;
  const [group = ''] = groups;
  const bucket = `bucket-${randomInteger(random, 0, 1e9)}`;
  const range = ['--start', String(startMs), '--end', String(endMs)];
  const argv = ['export', group, `s3://${bucket}/p`, ...range, '--wait-for-others'];
  const { exitCode } = await perform(argv);
  await perform(['export', '--list', '--format', 'json']);
  await perform(['export', '--cancel', 'no-such-task']);
  if (exitCode !== 0) return;
  const own = events.filter((event) => event.group === group);
  const objects = filesIn(join(folder, bucket)).filter((file) => file.endsWith('.gz'));
  const lines = own.map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}`);
  sameLines(
    objects.flatMap((object) => textLines(textOf(object))),
    lines.flatMap((line) => textLines(`${line.replace(/\n$/, '')}\n`)),
    whatIs(scene, argv),
  );
};

function toText({ random }: Scene): string {
  return pick(random, [
    'plain',
    'NUL \0 and \u001b[2J',
    'é\ud83d\ude00\u202e',
    '\ufffd\ufffd',
    '{"a":1}',
    'x'.repeat(3_000),
  ]);
}

/** What a group holds, also what cannot be read yet. */
function storedIn(scene: Scene, group: string): SceneEvent[] {
  if (!scene.endpoint.store.groups.has(group)) return [];
  scene.jump(86_400_000);
  const events = scene.endpoint.store.group(group).timeline.events();
  scene.jump(0);
  return [...events].map(({ timestamp, message, batch }) => ({ group, stream: batch.stream.name, timestamp, message }));
}

function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

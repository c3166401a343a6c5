import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const lines = Array.from({ length: 60 }, (_, at) => `line ${at} ERROR`);
let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 3 } });
  endpoint.store.createGroup('/app');
  endpoint.store.createGroup('/empty');
  endpoint.store.seedEvents(
    '/app',
    's',
    lines.map((message, at) => ({ timestamp: nowMs - 60_000 + at, message })),
  );
});
afterAll(() => endpoint.close());
beforeEach(() => {
  folder = temporaryFolder();
});

test('the end says how much there is, and the checkpoint is gone', async () => {
  const { exitCode, stdout, stderr } = await run(`fetch /app --start 1h -o ${folder}/x.log`);
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'cwlogs: complete: 60 events, 1 file\n',
  });
  expect(readdirSync(folder)).toEqual(['x.log']);
  expect(readFileSync(join(folder, 'x.log'), 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
});

test('--quiet leaves that out', async () => {
  expect(await run(`fetch /app --start 1h -o ${folder}/x.log --quiet`)).toMatchObject({ exitCode: 0, stderr: '' });
});

test('an empty range makes an empty file', async () => {
  const { exitCode, stderr } = await run(`fetch /empty --start 1h -o ${folder}/x.log`);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^cwlogs: complete: 0 events, 1 file\ncwlogs: no events in \/empty /);
  expect(readFileSync(join(folder, 'x.log'), 'utf8')).toBe('');
});

test.each([
  ['--resume', '--resume needs a file'],
  ['--force', '--force needs a file'],
  ['-o - --manifest', '--manifest needs a file'],
  ['-o x --resume --force', '--resume and --force cannot be used together'],
  ['-o x --resume --limit 5', '--resume and --limit cannot be used together'],
  ['-o x --resume --last 5', '--resume and --last cannot be used together'],
  ['-o {name}.log', 'unknown placeholder {name}'],
])('%s is a usage error, before any request', async (flags, words) => {
  const before = requests();
  const { exitCode, stderr } = await run(`fetch /app --start 1h ${flags}`);
  expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
  expect(stderr).toContain(words);
});

test('a file that holds something is refused before any request, and --force replaces it', async () => {
  const path = join(folder, 'x.log');
  writeFileSync(path, 'precious');
  const before = requests();
  expect(await run(`fetch /app --start 1h -o ${path}`)).toMatchObject({ exitCode: 2 });
  expect(requests()).toBe(before);
  expect(readFileSync(path, 'utf8')).toBe('precious');
  expect(await run(`fetch /app --start 1h --limit 1 -o ${path} --force`)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(path, 'utf8')).toBe('line 0 ERROR\n');
});

test('--force destroys nothing for a group that is not there', async () => {
  const path = join(folder, 'x.log');
  writeFileSync(path, 'precious');
  const { exitCode, stderr } = await run(`fetch /ap --start 1h -o ${path} --force`);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('did you mean "/app"?');
  expect(readFileSync(path, 'utf8')).toBe('precious');
  expect(readdirSync(folder)).toEqual(['x.log']);
});

test.each(['x.log', 'x.log.gz', '{stream}.log'])(
  'an interrupted download of %s says how to go on, also with --quiet, and goes on so',
  async (name) => {
    const command = `fetch /app --start 1h --concurrency 1 --quiet -o ${folder}/${name}`;
    const { exitCode, stderr } = await interrupted(command);
    expect(exitCode).toBe(130);
    const [, upTo, rest] = /^cwlogs: INCOMPLETE up to (\S+); continue with: cwlogs (.+)\n/.exec(stderr) ?? [];
    expect(Date.parse(upTo ?? '')).toBeGreaterThan(nowMs - 60_000);
    expect(await run((rest ?? '').replaceAll("'", ''))).toMatchObject({ exitCode: 0, stderr: '' });
    const whole = temporaryFolder();
    await run(command.replace(folder, whole));
    expect(bytesIn(folder)).toEqual(bytesIn(whole));
  },
);

test.each([
  ['another filter', '--start 1h --filter ERROR --resume', 'another request'],
  ['another condition', '--start 1h --where level=error --resume', 'another request'],
  ['another range', '--start 2h --resume', 'another request'],
  ['another form', '--start 1h --format json --resume', 'another request'],
  ['no --resume', '--start 1h', 'is an interrupted download'],
])('an interrupted download is left untouched by a run with %s', async (_, flags, words) => {
  const path = join(folder, 'x.log');
  await interrupted(`fetch /app --start 1h --concurrency 1 -o ${path}`);
  const before = bytesIn(folder);
  const { exitCode, stderr } = await run(`fetch /app ${flags} -o ${path}`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(words);
  expect(bytesIn(folder)).toEqual(before);
});

test('a complete download cannot be resumed and is left untouched', async () => {
  const command = `fetch /app --start 1h -o ${folder}/x.log`;
  await run(command);
  const before = bytesIn(folder);
  expect(await run(`${command} --resume`)).toMatchObject({ exitCode: 2 });
  expect(bytesIn(folder)).toEqual(before);
});

test('--resume where nothing was begun begins', async () => {
  expect(await run(`fetch /app --start 1h --resume -o ${folder}/x.log`)).toMatchObject({ exitCode: 0 });
  expect(readdirSync(folder)).toEqual(['x.log']);
});

test.each([
  ['below a file', 'file/x.log', /ENOTDIR|EEXIST/],
  ['that is a folder', 'folder --force', /EISDIR/],
])('a path %s cannot be written, which is said in a line', async (_, name, code) => {
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder/inside'), { recursive: true });
  const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/${name}`);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /^cwlogs: INCOMPLETE at the start; continue with: [^\n]+\ncwlogs: cannot read or write [^\n]+\n$/,
  );
  expect(stderr).toMatch(code);
});

test.runIf(existsSync('/dev/full')).each(['x.log', 'x.log.gz'])(
  'a full disk under %s is said, and how to go on',
  async (name) => {
    symlinkSync('/dev/full', join(folder, name));
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/${name}`);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^cwlogs: INCOMPLETE at the start; continue with: [^\n]+\ncwlogs: cannot read or write [^\n]+ENOSPC[^\n]+\n$/,
    );
    expect(JSON.parse(readFileSync(join(folder, `${name}.resume.json`), 'utf8'))).toMatchObject({ version: 1 });
  },
);

/** Runs a command and interrupts it after its fifth page. */
async function interrupted(line: string): Promise<{ exitCode: number; stderr: string }> {
  const io = newIo();
  const before = requests();
  const running = main(line.split(' '), io);
  while (requests() < before + 5) await setImmediate();
  io.interrupt('SIGINT');
  return { exitCode: await running, stderr: io.stderr.text() };
}

async function run(line: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const io = newIo();
  const exitCode = await main(line.split(' '), io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

function bytesIn(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'latin1')]));
}

function requests(): number {
  return [...endpoint.requests.values()].reduce((sum, count) => sum + count, 0);
}

function newIo(): MemoryIo {
  return memoryIo({ env: endpointEnv(endpoint), nowMs });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { main } from '../../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../../src/server/endpoint.js';
import { temporaryFolder } from '../../save/folder.js';
import { endpointEnv } from '../../support/endpoint-env.js';
import { type MemoryIo, memoryIo } from '../../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
const lines = Array.from({ length: 60 }, (_, at) => `line ${at} ERROR`);
let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint({ now: () => nowMs, switches: { pageEvents: 3 } });
  endpoint.store.createGroup('/app');
  endpoint.store.createGroup('/empty');
  endpoint.store.createGroup('/long');
  endpoint.store.seedEvents(
    '/long',
    's',
    lines.map((line, at) => ({ timestamp: nowMs - 60_000 + at, message: line.padEnd(20_000, 'x') })),
  );
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

test.each(['json', 'text', 'table', 'yaml', 'message', 'short', 'detailed', 'fields', 'JSON'])(
  '-o %s is the habit of other tools, and is refused before any request',
  async (name) => {
    const before = requests();
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${name}`);
    expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
    const word = name.toLowerCase();
    const form = ['text', 'table', 'yaml'].includes(word) ? 'json' : word;
    expect(stderr).toBe(
      `cwlogs: --output "${name}" is a form of output, and -o takes a file; try --format ${form}, or -o ./${name} for a file of that name\n`,
    );
  },
);

test('a file may have the name of a form where its folder is named', async () => {
  expect(await run(`fetch /app --start 1h -o ${folder}/json`)).toMatchObject({ exitCode: 0 });
  expect(await run('fetch /app --start 1h --dry-run -o ./json')).toMatchObject({ exitCode: 0 });
});

test.each(['x.log.bz2', 'x.gzip', 'x.XZ', 'x.zip', 'x.lz4', 'x.7z', 'x.br', 'x.Z'])(
  '-o %s would not be compressed so, and is refused before any request',
  async (name) => {
    const before = requests();
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/${name}`);
    expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
    const ending = name.slice(name.lastIndexOf('.'));
    expect(stderr).toContain(`${name}" would not be compressed: ${ending} is not written here; try -o `);
    expect(stderr).toContain(`${name.slice(0, -ending.length)}.gz`);
  },
);

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

test.each(['file/x.log', 'file/{stream}.gz', 'file/deep/er/{stream}.gz', 'file/x-{stream}.log', 'file/x.log --resume'])(
  '-o %s lies below a file, which is refused before any request',
  async (name) => {
    writeFileSync(join(folder, 'file'), '');
    const before = requests();
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/${name}`);
    expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
    expect(stderr).toMatch(
      /^cwlogs: --output "[^"]+" lies below "[^"]+file", which is a file, not a folder; choose another place\n$/,
    );
  },
);

test.each(['folder', 'folder --force', 'folder --resume', 'folder/', 'none/'])(
  '-o %s is a folder, which is refused before any request, and nothing is left there',
  async (name) => {
    mkdirSync(join(folder, 'folder'));
    const before = requests();
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/${name}`);
    expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
    expect(stderr).toMatch(/^cwlogs: --output "[^"]+" is a folder; write a file: [^\n]+\/app\.log, or [^\n]+\n$/);
    expect(readdirSync(folder)).toEqual(['folder']);
  },
);

test.runIf(existsSync('/dev/null'))('a device is no file to write to', async () => {
  const before = requests();
  const { exitCode, stderr } = await run('fetch /app --start 1h -o /dev/null');
  expect({ exitCode, requests: requests() - before }).toEqual({ exitCode: 2, requests: 0 });
  expect(stderr).toContain('--output "/dev/null" is not a regular file');
});

test.runIf(existsSync('/dev/full')).each(['log', 'log.gz'])(
  'a full disk under .%s is said, and how to go on',
  async (ending) => {
    symlinkSync('/dev/full', join(folder, `_app.${ending}`));
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/{group}.${ending}`);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^cwlogs: INCOMPLETE at the start; continue with: [^\n]+\ncwlogs: cannot read or write [^\n]+ENOSPC[^\n]+\n$/,
    );
    const [checkpoint = ''] = readdirSync(folder).filter((name) => name.endsWith('.resume.json'));
    expect(JSON.parse(readFileSync(join(folder, checkpoint), 'utf8'))).toMatchObject({ version: 1 });
  },
);

test('two at once: the second is refused, and the file is that of the first', async () => {
  const first = newIo();
  const running = main(`fetch /app --start 1h -o ${folder}/x.log`.split(' '), first);
  const before = requests();
  while (requests() === before) await setImmediate();
  for (const flag of ['', ' --resume', ' --force']) {
    const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/x.log${flag}`);
    expect({ flag, exitCode }).toEqual({ flag, exitCode: 2 });
    expect(stderr).toMatch(/is being written by process \d+ on [^\n]+; wait for that|is an interrupted download/);
  }
  expect(await running).toBe(0);
  expect(readFileSync(join(folder, 'x.log'), 'utf8').split('\n')).toHaveLength(61);
  expect(readdirSync(folder)).toEqual(['x.log']);
});

test('a lock that a killed process left behind is no hindrance', async () => {
  const gone = 2 ** 22 + 1;
  writeFileSync(join(folder, 'x.log.resume.json.lock'), `process ${gone} on ${hostname()}\n`);
  expect(await run(`fetch /app --start 1h -o ${folder}/x.log`)).toMatchObject({ exitCode: 0 });
});

test.runIf(process.platform === 'linux')('nor is one of a killed process that nobody has waited for', async () => {
  // What takes the place of the shell does not wait for its children.
  const parent = spawn('sh', ['-c', 'sleep 30 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void parent.kill());
  const [said] = await once(parent.stdout.setEncoding('utf8'), 'data');
  const pid = Number(said);
  while (!readFileSync(`/proc/${parent.pid}/cmdline`, 'utf8').startsWith('sleep')) await setImmediate();
  process.kill(pid, 'SIGKILL');
  while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')) await setImmediate();
  writeFileSync(join(folder, 'x.log.resume.json.lock'), `process ${pid} on ${hostname()}\n`);
  expect(await run(`fetch /app --start 1h -o ${folder}/x.log`)).toMatchObject({ exitCode: 0 });
});

test('one of a process that runs is', async () => {
  writeFileSync(join(folder, 'x.log.resume.json.lock'), `process ${process.ppid} on ${hostname()}\n`);
  const { exitCode, stderr } = await run(`fetch /app --start 1h -o ${folder}/x.log`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`is being written by process ${process.ppid} on ${hostname()}; wait for that`);
});

test.each<[string, (path: string) => void]>([
  ['removed', (path) => rmSync(path)],
  ['emptied', (path) => truncateSync(path)],
  ['added to', (path) => appendFileSync(path, 'junk\n')],
])('a file that is %s while it is written is not said to be complete', async (_, harm) => {
  const path = join(folder, 'x.log');
  // Each page is written at once: its messages are longer than what waits in memory.
  const io = newIo();
  const running = main(`fetch /long --start 1h -o ${path}`.split(' '), io);
  while (!existsSync(path) || statSync(path).size === 0) await setImmediate();
  harm(path);
  expect(await running).toBe(1);
  expect(io.stderr.text()).toContain('it was changed or removed while it was written');
});

test('a finished download of many files is not resumed for ever', async () => {
  const line = `fetch /app --start 1h -o ${folder}/{stream}.log`;
  await run(line);
  const { exitCode, stderr } = await run(`${line} --resume`);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^cwlogs: --output [^\n]+ exists and is not empty; it is complete, or not of cwlogs: --force replaces it\n$/,
  );
});

test('days that go into one folder one after another all stay verifiable', async () => {
  for (const day of ['2026-11-19', '2026-11-20']) {
    await run(`fetch /app --on ${day} --utc -o ${folder}/${day}-{stream}.log --manifest`);
  }
  expect(readdirSync(folder).filter((name) => name.endsWith('.manifest.json'))).toHaveLength(2);
  writeFileSync(join(folder, 'extra.log'), 'x');
  const { exitCode, stderr } = await run(`verify ${folder}`);
  expect(exitCode).toBe(0);
  expect(stderr).toContain('not verified, since no manifest names them: ');
});

test('another download in the same folder neither takes part in nor harms an interrupted one', async () => {
  await interrupted(`fetch /app --start 1h -o ${folder}/{stream}.log`);
  expect(await run(`fetch /app --start 1h -o ${folder}/all-{group}.log`)).toMatchObject({ exitCode: 0 });
  expect(await run(`fetch /app --start 1h -o ${folder}/{stream}.log --resume`)).toMatchObject({ exitCode: 0 });
});

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

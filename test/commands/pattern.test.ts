import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toPatternRequest } from '../../src/commands/pattern.js';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { memoryIo } from '../support/memory-io.js';

let endpoint: LocalEndpoint;
let folder: string;

beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.close());
beforeEach(() => {
  folder = temporaryFolder();
});

interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(
  args: readonly string[],
  stdin: Iterable<string> | AsyncIterable<string> = [],
  { isTTY = false } = {},
): Promise<Ran> {
  const env = {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const io = memoryIo({ env, stdin, isTTY });
  const exitCode = await main(['pattern', ...args], io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

const log = 'INFO one\nERROR two\nINFO three\nTERROR four';

test.each<[string, string[], string]>([
  ['the lines that match, each with a newline', ['ERROR'], 'ERROR two\nTERROR four\n'],
  ['the others', ['ERROR', '--invert'], 'INFO one\nINFO three\n'],
  ['how many match', ['ERROR', '--count'], '2\n'],
  ['how many do not', ['ERROR', '--count', '--invert'], '2\n'],
  ['a pattern that begins with -', ['--', '-ERROR'], 'INFO one\nINFO three\n'],
  ['options before such a pattern', ['--count', '--', '-ERROR'], '2\n'],
  ['stdin by its name', ['ERROR', '-', '--count'], '2\n'],
  ['fields', ['[level = INFO, what = t*, ...]'], 'INFO three\n'],
  ['the empty pattern', ['', '--count'], '4\n'],
  ['not one', ['FATAL', '--count'], '0\n'],
])('%s', async (_, args, stdout) => {
  expect(await run(args, [log])).toEqual({ exitCode: 0, stdout, stderr: '' });
});

test('lines come out as they come in, before the next are read', async () => {
  const io = memoryIo({ stdin: arriving() });
  async function* arriving(): AsyncGenerator<string> {
    yield 'x 1\nx ';
    expect(io.stdout.text()).toBe('x 1\n');
    yield '2\r\ny\n';
    expect(io.stdout.text()).toBe('x 1\nx 2\n');
  }
  expect(await main(['pattern', 'x'], io)).toBe(0);
});

test('the end of a line of Windows is not of the message', async () => {
  expect(await run(['%one$%'], ['one\r\n'])).toMatchObject({ stdout: 'one\n' });
});

test('files one after the other, compressed or not, with stdin between them', async () => {
  writeFileSync(join(folder, 'a.log'), 'a x');
  writeFileSync(join(folder, 'b.log.gz'), gzipSync('b x\nb y\n'));
  const { stdout } = await run(['x', join(folder, 'a.log'), '-', join(folder, 'b.log.gz')], ['stdin x\n']);
  expect(stdout).toBe('a x\nstdin x\nb x\n');
});

test('a file that is not there is named', async () => {
  expect(await run(['x', join(folder, 'none.log')])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('none.log": ENOENT'),
  });
});

describe('--from-json', () => {
  const event = (message: string) => JSON.stringify({ timestamp: 1, group: 'ERROR', message });

  test('matches the message and prints the line as it was', async () => {
    const lines = [event('INFO'), ` ${event('two\nERROR')}`, event('{"status":500}')];
    const stdin = [lines.map((line) => `${line}\n`).join('')];
    expect(await run(['ERROR', '--from-json'], stdin)).toMatchObject({ stdout: `${lines[1]}\n` });
    expect(await run(['{ $.status = 500 }', '--from-json'], stdin)).toMatchObject({ stdout: `${lines[2]}\n` });
  });

  test.each(['plain text', '{"status":500}', '{"message":1}', '[]', 'null', ''])(
    'a line without a message is pointed out: %j',
    async (line) => {
      writeFileSync(join(folder, 'a.log'), `${event('x')}\n`);
      const path = join(folder, 'b.log');
      writeFileSync(path, `${event('x')}\n${line}\n`);
      const { exitCode, stderr } = await run(['x', '--from-json', '--count', join(folder, 'a.log'), path]);
      expect(exitCode).toBe(2);
      expect(stderr).toBe(
        `cwlogs: --from-json finds no message in line 2 of ${JSON.stringify(path)}; it reads what --format json prints\n`,
      );
    },
  );
});

describe('what is packed is refused', () => {
  test.each([
    ['gzip', gzipSync('ERROR\n'), 'gunzip'],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04]), 'zstd'],
  ])('%s', async (kind, bytes, tool) => {
    const { exitCode, stdout, stderr } = await run(['ERROR', '--count'], [bytes.toString('utf8')]);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `cwlogs: stdin is packed by ${kind}; unpack it before: ${tool} -dc app.log | cwlogs pattern …\n`,
    });
    const path = join(folder, 'a.log');
    writeFileSync(path, bytes);
    expect(await run(['ERROR', path])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`a.log" is packed by ${kind}, and its name does not end in`),
    });
  });

  test('text that begins with a parenthesis is not', async () => {
    expect(await run(['%/%', '--count'], ['(/x\n'])).toMatchObject({ stdout: '1\n' });
  });
});

describe('lines of --format json without --from-json', () => {
  const event = (message: string) => `${JSON.stringify({ timestamp: 1, message })}\n`;
  const hint =
    'cwlogs: the lines are events as --format json prints them: with --from-json the message in each is matched\n';

  test.each<[string, string[], string[], string]>([
    ['are pointed out where none matches', ['{ $.a = 1 }', '--count'], [event('{"a":1}'), event('x')], hint],
    [
      'are pointed out beside the words for nothing',
      ['{ $.a = 1 }'],
      [event('{"a":1}')],
      `${hint}cwlogs: no line of 1 matches "{ $.a = 1 }"\n`,
    ],
    ['are pointed out where all are let through', ['{ $.a = 1 }', '--invert', '--count'], [event('{"a":1}')], hint],
    ['are taken as lines where one matches', ['x', '--count'], [event('x')], ''],
    ['are not, when one of them is another', ['{ $.a = 1 }', '--count'], [event('x'), '{"message":"x"}\n'], ''],
    ['are not, when there are none', ['{ $.a = 1 }', '--count'], [], ''],
    ['are not, with --quiet', ['{ $.a = 1 }', '--count', '--quiet'], [event('x')], ''],
  ])('%s', async (_, args, lines, stderr) => {
    expect(await run(args, lines)).toMatchObject({ exitCode: 0, stderr });
  });
});

describe('nothing found', () => {
  test('is said, and no failure', async () => {
    expect(await run(['FATAL'], [log])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'cwlogs: no line of 4 matches "FATAL"\n',
    });
  });

  test('of many lines is said with their number in groups of three', async () => {
    expect((await run(['FATAL'], ['INFO\n'.repeat(1_234)])).stderr).toBe('cwlogs: no line of 1,234 matches "FATAL"\n');
  });

  test('is exit code 3 with --fail-if-empty', async () => {
    expect(await run(['', '--invert', '--count', '--fail-if-empty'], [log])).toEqual({
      exitCode: 3,
      stdout: '0\n',
      stderr: 'cwlogs: no line of 4 fails to match ""\n',
    });
    expect(await run(['ERROR', '--count', '--fail-if-empty'], [log])).toMatchObject({ exitCode: 0 });
  });
});

describe('--explain', () => {
  test('says what a pattern means, and reads nothing', async () => {
    async function* unread(): AsyncGenerator<string> {
      yield await Promise.reject(new Error('stdin was read'));
    }
    expect(await run(['{ $.level = error && $.status >= 500 }', '--explain'], unread())).toEqual({
      exitCode: 0,
      stdout:
        'messages that are one JSON object in which all of these are true:\n' +
        '  - $.level is the text "error"\n' +
        '  - $.status is a number of at least 500\n',
      stderr: '',
    });
  });

  test('says what is surprising in it', async () => {
    const { stdout, stderr } = await run(['?a b', '--explain']);
    expect(stdout).toContain('messages that contain "b"');
    expect(stderr).toMatch(/^cwlogs: <pattern>: terms with \? are ignored [^\n]+\n$/);
  });

  test.each([
    [['x', '--explain', '--count'], '--explain and --count cannot be used together'],
    [['x', '--explain', '--invert'], '--explain and --invert cannot be used together'],
    [['x', '--explain', '--from-json'], '--explain and --from-json cannot be used together'],
    [['x', '--explain', '--aws'], '--explain and --aws cannot be used together'],
    [['x', '--explain', '--fail-if-empty'], '--explain and --fail-if-empty cannot be used together'],
    [['x', 'a.log', '--explain'], '--explain reads no lines'],
  ])('%j is refused', async (args, words) => {
    expect(await run(args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(words) });
  });
});

describe('what is wrong with a pattern', () => {
  test('is pointed at', async () => {
    expect(await run(['{ $.a == 1 }'], [log])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'cwlogs: <pattern> is not a filter pattern: expected a value at column 8; write = once\n' +
        'cwlogs: { $.a == 1 }\n' +
        'cwlogs:        ^\n',
    });
  });

  test('what is legal and surprising is warned of once', async () => {
    const { stdout, stderr } = await run(['{ $.a != 1 }'], ['{"a":1}\n', '{"a":2}\n', '{}\n']);
    expect(stdout).toBe('{"a":2}\n');
    expect(stderr).toMatch(/^cwlogs: <pattern>: != does not match a message without \$\.a[^\n]+\n$/);
  });

  test.each([
    [['-ERROR'], '-ERROR', '-- -ERROR'],
    [['-"health check"', 'a.log'], '-"health check"', `-- '-"health check"' a.log`],
    [['-"a b"', '--count', 'a.log', '--rate', '5'], '-"a b"', `--count --rate 5 -- '-"a b"' a.log`],
    [['-quick'], '-quick', '-- -quick'],
    [["-it's"], "-it's", String.raw`-- '-it'\''s'`],
  ])('%j, which begins with - without -- before it, is shown as it is to be written', async (args, flag, line) => {
    expect(await run(args)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `cwlogs: ${flag} is not an option here; a pattern that begins with - goes behind --: cwlogs pattern ${line}\n`,
    });
  });

  test.each([
    [
      ['--count', '-v', 'ERROR', 'a.log'],
      '-v is not an option here; write: cwlogs pattern --count --invert ERROR a.log',
    ],
    [['ERROR', '-c'], '-c is not an option here; write: cwlogs pattern --count ERROR'],
    [
      ['ERROR', '-timeout', '-x', 'a.log', '--count'],
      "-timeout is not an option here; several terms are one pattern, in one pair of quotes: cwlogs pattern --count 'ERROR -timeout -x' a.log",
    ],
    [
      ['--', '-x', '-y', 'a.log'],
      "-y is a file here, and there is none of that name; several terms are one pattern, in one pair of quotes: cwlogs pattern -- '-x -y' a.log",
    ],
    [
      ['--', '-x', '--count', 'a.log', '--rate', '5'],
      '--count is a file behind --, and there is none of that name; write: cwlogs pattern --count --rate 5 -- -x a.log',
    ],
    [
      ['--', '-x', 'a.log', '-v'],
      '-v is a file behind --, and there is none of that name; write: cwlogs pattern --invert -- -x a.log',
    ],
  ])('%j is shown as it was meant', async (args, words) => {
    expect(await run(args)).toEqual({ exitCode: 2, stdout: '', stderr: `cwlogs: ${words}\n` });
  });

  test('the file before the pattern, or no pattern at all', async () => {
    const path = join(folder, 'swapped.log');
    writeFileSync(path, 'ERROR\n');
    const refused = (words: string) => ({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(`" is a file: the pattern comes first; write: cwlogs pattern ${words} `),
    });
    expect(await run([path, 'ERROR', '--count'])).toEqual(refused('--count ERROR'));
    expect(await run([path])).toEqual(refused('ERROR'));
  });

  test('a long option that is none is no pattern', async () => {
    const { exitCode, stderr } = await run(['x', '--cuont']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'cwlogs: --cuont is not an option of pattern; did you mean --count?\n',
    });
  });
});

describe('on a terminal', () => {
  test('it is said that lines are awaited', async () => {
    expect(await run(['x', '--count'], [], { isTTY: true })).toMatchObject({
      stderr: 'cwlogs: reading lines from the terminal\n',
    });
  });

  test('control characters are shown, and do nothing', async () => {
    const line = 'x\u001b]0;title\u0007';
    expect(await run(['x'], [line], { isTTY: true })).toMatchObject({ stdout: 'x^[]0;title^G\n' });
    expect(await run(['x'], [line])).toMatchObject({ stdout: `${line}\n` });
  });
});

describe('--aws', () => {
  const asked = () => endpoint.requests.get('TestMetricFilter') ?? 0;

  test('the service is asked, fifty lines at a time, and answers as cwlogs does', async () => {
    const lines = Array.from({ length: 120 }, (_, at) => (at % 3 === 0 ? `ERROR ${at}\n` : `INFO ${at}\n`));
    const before = asked();
    const { stdout, exitCode } = await run(['ERROR', '--aws'], [lines.join('')]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await run(['ERROR'], [lines.join('')])).stdout);
    expect(asked() - before).toBe(3);
  });

  test('messages of events', async () => {
    const lines = ['{"message":"ERROR"}\n', '{"message":"INFO","group":"ERROR"}\n'];
    expect(await run(['ERROR', '--aws', '--from-json'], lines)).toMatchObject({ stdout: lines[0] });
  });

  test('a mistake is for the service to find', async () => {
    const before = asked();
    expect(await run(['{ $.a == 1 }', '--aws'], ['x\n'])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'cwlogs: <pattern> was refused by the service: Invalid metric filter pattern\n',
    });
    expect(asked() - before).toBe(1);
  });

  test('without it no request is made', async () => {
    const before = [...endpoint.requests.values()];
    await run(['ERROR'], [log]);
    expect([...endpoint.requests.values()]).toEqual(before);
  });
});

test('an interruption ends the reading', async () => {
  const io = memoryIo({ stdin: endless() });
  async function* endless(): AsyncGenerator<string> {
    yield 'x\n';
    io.interrupt('SIGINT');
    for (;;) yield 'x\n';
  }
  expect(await main(['pattern', 'x'], io)).toBe(130);
  expect(io.stdout.text()).toBe('x\n');
});

test.each<[string[], object, object]>([
  [[], {}, { paths: ['-'], shows: 'lines', judge: 'cwlogs', isInverted: false, isJson: false, failIfEmpty: false }],
  [['a', '-'], { invert: true, count: true }, { paths: ['a', '-'], shows: 'count', isInverted: true }],
  [[], { aws: true, fromJson: true, failIfEmpty: true }, { judge: 'service', isJson: true, failIfEmpty: true }],
  [[], { explain: true }, { shows: 'explanation' }],
])('the files %j with %j are read as %j', (paths, flags, request) => {
  expect(toPatternRequest('x', paths, { color: 'auto', ...flags })).toMatchObject({ pattern: 'x', ...request });
});

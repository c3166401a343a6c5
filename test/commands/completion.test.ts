import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shellQuoted } from '../../src/escape.js';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { cleanEnvironment, finished, runBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
  for (const group of ['/prod/api', '/prod/worker', '/stage/api']) endpoint.store.createGroup(group);
  for (const stream of ['web/1', 'web/2', '2026/11/20/[$LATEST]0a', 'x$(touch owned)', 'y\u001b[2J']) {
    endpoint.store.seedEvents('/prod/api', stream, [{ timestamp: 1, message: 'x' }]);
  }
});
afterAll(() => endpoint.close());

describe('what the last word may become', () => {
  const demo = 'cwlogs demo --at 2026-11-20T10:00Z';
  test.each<[title: string, line: string, candidates: string[]]>([
    ['a command', 'cwlogs gro', ['groups']],
    ['a command by its other name', 'cwlogs wat', ['watch']],
    ['a command to have help on', 'cwlogs help his', ['histogram']],
    ['an option before any command', 'cwlogs --', ['--help', '--version']],
    ['an option', 'cwlogs fetch --form', ['--format']],
    ['an option by its letter', 'cwlogs fetch -o', ['-o']],
    ['an option of the demo itself', 'cwlogs demo --a', ['--at']],
    ['a command of the demo', 'cwlogs demo fe', ['fetch']],
    ['a command behind the option of the demo', `${demo} fe`, ['fetch']],
    ['a form of a query', 'cwlogs query x --format ', ['message', 'json', 'csv', 'tsv', 'table']],
    ['a form of output', 'cwlogs fetch /prod/api --format j', ['json']],
    ['a form in one word with its option', 'cwlogs fetch /prod/api --format=js', ['--format=json']],
    ['a colour', 'cwlogs groups --color=a', ['--color=auto', '--color=always']],
    ['what groups are sorted by', 'cwlogs groups --sort ', ['name', 'retention', 'size', 'created', 'last-event']],
    ['what streams are sorted by', 'cwlogs streams /x --sort ', ['name', 'first-event', 'last-event']],
    ['what a histogram counts by', 'cwlogs histogram /x --by ', ['level', 'stream', 'group', 'region']],
    ['another way to read', 'cwlogs fetch --via ', ['insights']],
    ['what becomes of a large message', 'cwlogs put /x --oversize ', ['split', 'truncate', 'reject']],
    ['the language of a query', 'cwlogs query --language ', ['cwli', 'ppl', 'sql']],
    ['how an endpoint ends a range', 'cwlogs serve --end-time ', ['inclusive', 'exclusive']],
    ['days of retention', 'cwlogs put /x --retention 3', ['3', '30', '365', '3288', '3653']],
    ['a time', 'cwlogs fetch --start ', ['15m', '1h', '24h', 'today', 'yesterday']],
    ['a day', 'cwlogs fetch --on y', ['yesterday']],
    ['a zone', 'cwlogs fetch --tz Europe/Berl', ['Europe/Berlin']],
    ['a zone in one word with its option', 'cwlogs fetch --tz=Europe/Berl', ['--tz=Europe/Berlin']],
    ['a region', 'cwlogs fetch --region eu-north', ['eu-north-1']],
    ['a profile', 'cwlogs fetch --profile pr', ['prod', 'preview']],
    ['a shell', 'cwlogs completion p', ['powershell']],
    ['a group by its beginning', 'cwlogs fetch /prod/', ['/prod/api', '/prod/worker']],
    ['a group in a quote that is open', "cwlogs fetch '/prod/w", ['/prod/worker']],
    ['a second group', 'cwlogs tail /prod/api /stage', ['/stage/api']],
    ['a group that is not named already', 'cwlogs tail /prod/api /prod/', ['/prod/worker']],
    ['a group of a query', "cwlogs query 'fields @message' --group /st", ['/stage/api']],
    ['a group to list', 'cwlogs groups /st', ['/stage/api']],
    ['a stream of the group named before', 'cwlogs fetch /prod/api --stream web/', ['web/1', 'web/2']],
    ['a stream as an operand', 'cwlogs streams /prod/api web/2', ['web/2']],
    ['a stream to write to', 'cwlogs put /prod/api web/2', ['web/2']],
    ['a stream with brackets', 'cwlogs fetch /prod/api --stream 2', ['2026/11/20/[$LATEST]0a']],
    [
      'the beginning of several streams',
      'cwlogs fetch /prod/api --stream-prefix ',
      ['2026/11/20/', 'web/', 'x$(touch owned)'],
    ],
    ['a stream that would drive the terminal: none', 'cwlogs fetch /prod/api --stream y', []],
    [
      'a list of streams',
      `cwlogs fetch /prod/api --stream @${import.meta.dirname}/completion.t`,
      [`@${import.meta.filename}`],
    ],
    ['a group of the demo', 'cwlogs demo fetch /demo/a', ['/demo/api']],
    ['a group of a demo that begins at a time', `${demo} fetch /demo/w`, ['/demo/worker']],
    [
      'a stream of a demo that begins at a time',
      `${demo} fetch /demo/lambda --stream 2026/11/18/`,
      [
        '2026/11/18/[$LATEST]19f0b039f4a4bbe07d343e6d8cb9672f',
        '2026/11/18/[$LATEST]c92dad9c293548fce2e09bb9adc75b89',
        '2026/11/18/[$LATEST]dcac5c9ef449cdf21387c6052c0c6472',
      ],
    ],
    ['what no command has', 'cwlogs fatch ', []],
    ['a stream without a group', 'cwlogs fetch --stream ', []],
    ['a pattern', 'cwlogs pattern E', []],
    ['a path', 'cwlogs fetch -o ', [':files']],
    ['a path in one word with its option', 'cwlogs fetch --output=a', [':files']],
    ['a file of lines', 'cwlogs pattern ERROR ', [':files']],
    ['a file that the shell writes', 'cwlogs fetch /prod/api > ', [':files']],
  ])('%s', async (_, line, candidates) => {
    const { stdout, stderr, exitCode } = await complete('zsh', [line]);
    expect(stdout.map((reply) => reply.replace(/\t.*/, ''))).toEqual([...candidates, ':', '']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });
});

test('commands and options are told with what they mean', async () => {
  const { stdout } = await complete('fish', ['cwlogs tai']);
  expect(stdout[0]).toBe('tail\tthe last lines, then what comes');
});

test('bash gets what takes the place of the end of the line, in quotes', async () => {
  const { stdout } = await complete('bash', ['cwlogs fetch /prod/api --stream=2', '2']);
  expect(stdout).toEqual(["'2026/11/20/[$LATEST]0a'", ':', '']);
});

test('nothing is said where the service cannot be reached', async () => {
  const env = environment({ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://127.0.0.1:9' });
  expect(await complete('zsh', ['cwlogs fetch /prod'], env)).toEqual({ stdout: [':', ''], stderr: '', exitCode: 0 });
});

test('nothing is waited for longer than a second where the service never answers', async () => {
  const hole = createServer(() => {});
  await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve));
  const address = hole.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const env = environment({ AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: `http://127.0.0.1:${port}` });
  const beganMs = performance.now();
  expect((await complete('zsh', ['cwlogs fetch /prod'], env)).stdout).toEqual([':', '']);
  expect(performance.now() - beganMs).toBeLessThan(3_000);
  hole.close();
});

test('of ten thousand groups a few are asked for, and nothing is taken for common to all', async () => {
  const large = await startEndpoint();
  for (let index = 10_000; index < 20_000; index += 1) large.store.createGroup(`/aws/lambda/${index}`);
  const { stdout } = await complete('zsh', ['cwlogs fetch /aws'], environment(endpointEnv(large)));
  expect(large.requests.get('DescribeLogGroups')).toBe(4);
  expect(stdout.slice(198)).toEqual(['/aws/lambda/10198\t', '/aws/lambda/10199\t', '/aws\t', ':', '']);
  await large.close();
});

test('a second Tab asks nothing of the service', async () => {
  const env = environment();
  await complete('zsh', ['cwlogs fetch /prod/w'], env);
  const asked = endpoint.requests.get('DescribeLogGroups');
  expect((await complete('zsh', ['cwlogs fetch /prod/w'], env)).stdout).toEqual(['/prod/worker\t', ':', '']);
  expect(endpoint.requests.get('DescribeLogGroups')).toBe(asked);
});

test.runIf(process.platform === 'linux')(
  'where no folder can be made for the cache, it ends all the same',
  async () => {
    const env = environment({ XDG_CACHE_HOME: '', HOME: '/proc' });
    const done = await runBin(['complete', '--', 'zsh', 'cwlogs fetch /prod/w'], env);
    expect(done).toMatchObject({ stdout: '/prod/worker\t\n:\n', stderr: '', exitCode: 0 });
  },
);

describe.skipIf(process.platform === 'win32')('in a shell', () => {
  test('a Tab in bash completes, and carries nothing out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cwlogs-tab-'));
    writeFileSync(join(folder, 'lines.log'), '');
    const lines = [
      `cwlogs fe\t/prod/w\t`,
      `cwlogs fetch '/prod/w\t`,
      `cwlogs fetch "/prod/w\t --format=js\t`,
      `cwlogs fetch /prod/api --stream=2\t --stream x\t`,
      `cwlogs fetch -o lin\t`,
      `cwlogs demo --a\t10:00`,
      // The keys behind the Tab take the line away.
      `cwlogs fetch $(touch ${folder}/one) \`touch ${folder}/two\` > ${folder}/three; cwlogs fetch $(touch ${folder}/four) --stat\t\x01\x0b`,
    ];
    // Bash reads keys also where no terminal is.
    const typed = ['PS1=', 'PS2=', `source ${await shellFile(folder, 'bash')}`, ...lines, 'exit 0', ''].join('\n');
    const env = { ...cleanEnvironment(environment()), LC_ALL: 'C' };
    const bash = spawn('bash', ['--norc', '--noprofile', '-i'], { env, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    bash.stdin.end(typed);
    const { stdout } = await finished(bash);
    expect(stdout.match(/^run .*$/gm)).toEqual([
      'run <fetch></prod/worker>',
      'run <fetch></prod/worker>',
      'run <fetch></prod/worker><--format=json>',
      'run <fetch></prod/api><--stream=2026/11/20/[$LATEST]0a><--stream><x$(touch owned)>',
      'run <fetch><-o><lines.log>',
      'run <demo><--at><10:00>',
    ]);
    expect(readdirSync(folder)).toEqual(['bash.sh', 'lines.log']);
  });

  test.skipIf(isMissing('fish'))('fish completes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cwlogs-tab-'));
    const lines = [
      "cwlogs fetch '/prod/w",
      'cwlogs fetch --format=js',
      'cwlogs fetch /prod/api --stream=2',
      'cwlogs tai',
    ];
    const ask = lines.map((line) => `complete -C ${JSON.stringify(line)}`).join('\n');
    const env = { ...cleanEnvironment(environment()), XDG_CONFIG_HOME: folder };
    const script = `source ${await shellFile(folder, 'fish')}\n${ask}`;
    const fish = spawn('fish', ['-c', script], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    expect(await finished(fish)).toMatchObject({
      stdout: [
        '/prod/worker',
        '--format=json',
        '--stream=2026/11/20/[$LATEST]0a',
        'tail\tthe last lines, then what comes',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  test.skipIf(isMissing('zsh'))('a Tab in zsh completes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cwlogs-tab-'));
    writeFileSync(join(folder, 'lines.log'), '');
    const lines = [
      `cwlogs fetch '/prod/w\t`,
      'cwlogs fetch --format=js\t',
      'cwlogs fetch /prod/api --stream=2\t',
      'cwlogs fetch --output=lin\t',
      'cwlogs demo --a\t10:00',
    ];
    const setUp = `PS1=; autoload -U compinit; compinit -u -D; source ${await shellFile(folder, 'zsh')}; echo re''ady`;
    // Each line is typed when what was before it has been said.
    const driver = [
      'zmodload zsh/zpty; zpty shell zsh -f -i',
      `zpty -w shell ${shellQuoted(setUp)}; zpty -r shell said '*ready*'`,
      ...lines.map(
        (line) => `zpty -w shell ${shellQuoted(line)}; zpty -r shell said $'*run <*>\r*'; print -rn -- "$said"`,
      ),
      'zpty -d shell',
    ].join('\n');
    const env = { ...cleanEnvironment(environment()), TERM: 'dumb' };
    const zsh = spawn('zsh', ['-f', '-c', driver], { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout } = await finished(zsh);
    expect(stdout.match(/run <.*>/g)).toEqual([
      'run <fetch></prod/worker>',
      'run <fetch><--format=json>',
      'run <fetch></prod/api><--stream=2026/11/20/[$LATEST]0a>',
      'run <fetch><--output=lines.log>',
      'run <demo><--at><10:00>',
    ]);
  });
});

test.each(['bash', 'zsh', 'fish', 'powershell'])(
  'the script for %s asks cwlogs itself, and evaluates nothing that was typed',
  async (shell) => {
    const io = memoryIo();
    expect(await main(['completion', shell], io)).toBe(0);
    expect(io.stdout.text()).toMatch(/cwlogs complete '?--/);
    expect(io.stdout.text()).not.toMatch(/\beval\b|Invoke-Expression|\biex\b|ScriptBlock\]::Create|InvokeScript/i);
  },
);

test('a shell that is not known is refused with those that are', async () => {
  const io = memoryIo();
  expect(await main(['completion', 'tcsh'], io)).toBe(2);
  expect(io.stderr.text()).toBe(
    'cwlogs: <shell> "tcsh" is not a shell that is known here; use bash, zsh, fish, powershell\n',
  );
});

async function complete(shell: string, asked: string[], env = environment()) {
  const io = memoryIo({ env });
  const exitCode = await main(['complete', '--', shell, ...asked], io);
  return { stdout: io.stdout.text().split('\n'), stderr: io.stderr.text(), exitCode };
}

/** A file that makes `cwlogs` complete as the real one, and say its words when it is run. */
async function shellFile(folder: string, shell: 'bash' | 'fish' | 'zsh'): Promise<string> {
  const bin = join(import.meta.dirname, '../../bin/cwlogs.cjs');
  const io = memoryIo();
  await main(['completion', shell], io);
  const real = `'${process.execPath}' '${bin}'`;
  const posix = `cwlogs() { if [ "$1" = complete ]; then ${real} "$@"; else printf 'run '; printf '<%s>' "$@"; echo; fi; }\n`;
  const stub = shell === 'fish' ? `function cwlogs; ${real} $argv; end\n` : posix;
  const path = join(folder, `${shell}.sh`);
  writeFileSync(path, stub + io.stdout.text());
  return path;
}

function isMissing(shell: string): boolean {
  return spawnSync(shell, ['--version']).error !== undefined;
}

function environment(env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cwlogs-cache-'));
  mkdirSync(join(folder, 'aws'));
  const config = join(folder, 'aws', 'config');
  writeFileSync(config, '[profile prod]\nregion=a\n[profile preview]\nregion=b\n[profile other]\nregion=c\n');
  return { ...endpointEnv(endpoint), XDG_CACHE_HOME: folder, AWS_CONFIG_FILE: config, ...env };
}

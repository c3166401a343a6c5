import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { cleanEnvironment, type Finished, finished } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { readmeExamples } from '../support/readme.js';
import { messagesOf } from './stored.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const loggers = { pino: require.resolve('pino/package.json'), winston: require.resolve('winston/package.json') };
let endpoint: LocalEndpoint;

beforeEach(async () => {
  endpoint = await startEndpoint({ switches: { latencyMs: [20, 60] } });
});
afterEach(() => endpoint.close());

/** Runs a program as a user's own, with cwlogs installed beside the loggers. */
function runProgram(text: string): Promise<Finished> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/cwlogs'), 'junction');
  for (const [name, path] of Object.entries(loggers))
    symlinkSync(dirname(path), join(folder, 'node_modules', name), 'junction');
  writeFileSync(join(folder, 'program.mjs'), text);
  // The SDK's own notice about Node 20.
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const env = cleanEnvironment({ ...endpointEnv(endpoint), ...quiet });
  return finished(spawn(process.execPath, [join(folder, 'program.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function readmeProgram(name: string): string {
  return (
    readmeExamples('js').find((text) => text.includes(name)) ??
    `throw new Error('no program with ${name} in the README')`
  );
}

describe('the programs of the README run as they stand there', () => {
  test('with pino: every line arrives, with its level in words and its time', async () => {
    expect(await runProgram(readmeProgram("from 'pino'"))).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    const records = (await messagesOf(endpoint, '/prod/api')).map((line) => JSON.parse(line));
    expect(records).toMatchObject([
      { level: 'info', order: 1, msg: 'order taken' },
      { level: 'info', order: 2, msg: 'order taken' },
      { level: 'error', err: { message: 'no answer from payments' } },
    ]);
  });

  test('with winston: every line arrives as its format makes it', async () => {
    expect(await runProgram(readmeProgram("from 'winston'"))).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    const records = (await messagesOf(endpoint, '/prod/worker')).map((line) => JSON.parse(line));
    expect(records).toMatchObject([
      { level: 'info', job: 1, message: 'done' },
      { level: 'info', job: 2, message: 'done' },
    ]);
  });

  test('with createLogger: what was logged is read back', async () => {
    const done = await runProgram(readmeProgram('createLogger'));
    expect(done).toMatchObject({ stdout: 'started\n{"job":7,"ms":12}\n', stderr: '', exitCode: 0 });
  });
});

describe('the last lines are delivered', () => {
  test('before an uncaught error ends the process with its own words', async () => {
    const done = await runProgram(`
      import { createLogger } from 'cwlogs';
      const log = createLogger({ group: '/last' });
      for (let line = 0; line < 2_000; line++) log('line ' + line);
      setImmediate(() => { throw new Error('boom'); });
    `);
    expect(done.stderr).toContain('Error: boom');
    expect(done.exitCode).toBe(1);
    expect(await messagesOf(endpoint, '/last')).toHaveLength(2_000);
  });

  test('before SIGTERM ends the process', async () => {
    const done = await runProgram(`
      import { createLogger } from 'cwlogs';
      const log = createLogger({ group: '/last' });
      for (let line = 0; line < 2_000; line++) log('line ' + line);
      process.kill(process.pid, 'SIGTERM');
    `);
    expect(done).toMatchObject({ exitCode: null, signal: 'SIGTERM', stderr: '' });
    expect(await messagesOf(endpoint, '/last')).toHaveLength(2_000);
  });

  test.each([
    ['SIGTERM', "process.kill(process.pid, 'SIGTERM')", { exitCode: null, signal: 'SIGTERM', stderr: '' }],
    ['an uncaught error', "throw new Error('boom')", { exitCode: 1, stderr: expect.stringContaining('Error: boom') }],
  ])('of two loggers, before %s ends the process', async (_, end, ending) => {
    const done = await runProgram(`
      import { createLogger } from 'cwlogs';
      const logs = ['/last', '/other'].map((group) => createLogger({ group }));
      for (const log of logs) log('one');
      setTimeout(() => process.exit(7), 8_000);
      setImmediate(() => { ${end}; });
    `);
    expect(done).toMatchObject(ending);
    expect([...(await messagesOf(endpoint, '/last')), ...(await messagesOf(endpoint, '/other'))]).toEqual([
      'one',
      'one',
    ]);
  });

  test('before SIGTERM, also after a signal that others took charge of', async () => {
    const done = await runProgram(`
      import { createLogger } from 'cwlogs';
      const log = createLogger({ group: '/last' });
      process.once('SIGHUP', async () => {
        await log.flush();
        log('two');
        setImmediate(() => process.kill(process.pid, 'SIGTERM'));
      });
      log('one');
      process.kill(process.pid, 'SIGHUP');
    `);
    expect(done).toMatchObject({ exitCode: null, signal: 'SIGTERM', stderr: '' });
    expect(await messagesOf(endpoint, '/last')).toEqual(['one', 'two']);
  });

  test('or said to be lost, where a signal ends the process and they cannot be', { timeout: 15_000 }, async () => {
    await endpoint.beginOutage('hang');
    const done = await runProgram(`
      import { createLogger } from 'cwlogs';
      const log = createLogger({ group: '/last' });
      log('one');
      process.kill(process.pid, 'SIGTERM');
    `);
    expect(done).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
    expect(done.stderr).toContain('cwlogs: /last: lines are lost: the process ended before they were delivered');
  });

  test('when a program that uses pino ends by process.exit', async () => {
    const done = await runProgram(`
      import pino from 'pino';
      const logger = pino({ transport: { target: 'cwlogs/pino', options: { group: '/last', level: 'number' } } });
      setTimeout(() => {
        for (let line = 0; line < 2_000; line++) logger.warn('line ' + line);
        logger.flush(() => process.exit(0));
      }, 50);
    `);
    expect(done).toMatchObject({ exitCode: 0, stderr: '' });
    const lines = await messagesOf(endpoint, '/last');
    expect(lines).toHaveLength(2_000);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 40, msg: 'line 0' });
  });
});

test('lines that cannot be delivered are said to be lost, and the program goes on', async () => {
  const done = await runProgram(`
    import { createLogger } from 'cwlogs';
    const log = createLogger({ group: '/no/such', createGroup: false });
    log('one');
    const tally = await log.close();
    console.log(tally.undelivered);
  `);
  expect(done.stdout).toBe('1\n');
  expect(done.stderr).toMatch(/CwlogsWarning: cwlogs: \/no\/such: 1 lines are lost: /);
});

test('lines that process.exit cuts off are said to be lost', async () => {
  const done = await runProgram(`
    import { createLogger } from 'cwlogs';
    const log = createLogger({ group: '/last' });
    log('one');
    process.exit(3);
  `);
  expect(done.stderr).toBe(
    'cwlogs: /last: lines are lost: the process ended before they were delivered; await flush() first\n',
  );
  expect(done.exitCode).toBe(3);
});

describe('winston, with more lines than its streams pass on at once', () => {
  const burst = `
    import winston from 'winston';
    import { CloudWatchTransport } from 'cwlogs/winston';
    const logger = winston.createLogger({ transports: [new CloudWatchTransport({ group: '/burst' })] });
    for (let line = 0; line < 60_000; line++) logger.info('line', { line });
  `;

  test.each([
    ['a signal', "process.kill(process.pid, 'SIGTERM');", { signal: 'SIGTERM' }],
    ['an uncaught error', "setImmediate(() => { throw new Error('boom'); });", { exitCode: 1 }],
    ['its end', 'logger.end();', { exitCode: 0 }],
  ])('delivers them all before %s', async (_, ending, outcome) => {
    expect(await runProgram(burst + ending)).toMatchObject(outcome);
    expect(await messagesOf(endpoint, '/burst')).toHaveLength(60_000);
  });
});

test('a signal while a logger closes does not cut its last lines off', async () => {
  const done = await runProgram(`
    import { createLogger } from 'cwlogs';
    const log = createLogger({ group: '/closing' });
    for (let line = 0; line < 10; line++) log('line ' + line);
    void log.close();
    process.kill(process.pid, 'SIGTERM');
  `);
  expect(done).toMatchObject({ signal: 'SIGTERM', stderr: '' });
  expect(await messagesOf(endpoint, '/closing')).toHaveLength(10);
});

test('a dozen loggers listen to the process once, and one that nothing was logged by is empty', async () => {
  const done = await runProgram(`
    import { createLogger } from 'cwlogs';
    const logs = Array.from({ length: 12 }, (_, at) => createLogger({ group: '/dozen', stream: 's' + at }));
    for await (const event of logs[0]) console.log(event.message);
    for (const log of logs) log('hi');
    await Promise.all(logs.map((log) => log.close()));
  `);
  expect(done).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
  expect(await messagesOf(endpoint, '/dozen')).toHaveLength(12);
});

test('lines that pino cannot deliver are said to be lost', async () => {
  const done = await runProgram(`
    import pino from 'pino';
    const options = { group: '/no/such', createGroup: false };
    const logger = pino({ transport: { target: 'cwlogs/pino', options } });
    logger.info('x');
  `);
  expect(done.stderr).toMatch(/^cwlogs: \/no\/such: 1 lines are lost: /);
});

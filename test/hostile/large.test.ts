import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import type { EndpointSwitches } from '../../src/server/switches.js';
import { temporaryFolder } from '../save/folder.js';
import { finished, spawnFed } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const nowMs = Date.UTC(2026, 10, 20, 15, 30);
let endpoint: LocalEndpoint;

afterEach(() => endpoint.close());

async function start(switches: EndpointSwitches = {}): Promise<void> {
  endpoint = await startEndpoint({ now: () => nowMs, switches });
}

async function run(...argv: string[]) {
  const io = memoryIo({ env: endpointEnv(endpoint), nowMs });
  const exitCode = await main(argv, io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

test('10,000 groups are listed, and those of a name read', async () => {
  await start();
  const names = Array.from({ length: 10_000 }, (_, at) => `/many/${String(at).padStart(5, '0')}`);
  for (const [at, name] of names.entries()) {
    endpoint.store.createGroup(name);
    if (at % 100 === 7) endpoint.store.seedEvents(name, 's', [{ timestamp: nowMs - 60_000 + at, message: name }]);
  }
  const listed = await run('groups', '--format', 'names');
  expect(listed.stdout.trimEnd().split('\n').sort()).toEqual(names);
  const read = await run('fetch', '/many/0*07', '--start', '1h');
  expect(read).toMatchObject({ exitCode: 0 });
  expect(read.stdout.trimEnd().split('\n')).toEqual(names.filter((name) => /^\/many\/0.*07$/.test(name)));
  const sum = await run('histogram', '/many/000*', '--start', '1h', '--bucket', '1d', '--format', 'json');
  expect(sum.stdout).toContain('"count":1');
});

test('5,000 streams are listed, and those of a name read', async () => {
  await start();
  endpoint.store.createGroup('/g');
  const names = Array.from(
    { length: 5_000 },
    (_, at) => `${at % 2 === 0 ? 'web' : 'db'}/${String(at).padStart(4, '0')}`,
  );
  for (const [at, name] of names.entries()) {
    endpoint.store.seedEvents('/g', name, [{ timestamp: nowMs - 60_000 + at, message: name }]);
  }
  const listed = await run('streams', '/g', '--format', 'names');
  expect(listed.stdout.trimEnd().split('\n').sort()).toEqual([...names].sort());
  const all = await run('fetch', '/g', '--start', '1h');
  expect(all.stdout.trimEnd().split('\n')).toEqual(names);
  const web = await run('fetch', '/g', '--start', '1h', '--stream', 'w*0', '--limit', '100');
  expect(web.stdout.trimEnd().split('\n')).toEqual(names.filter((name) => /^w.*0$/.test(name)).slice(0, 100));
});

test('bytes that are no UTF-8, NUL bytes and a line without an end go into a group as text', async () => {
  endpoint = await startEndpoint();
  endpoint.store.createGroup('/g');
  const child = spawnFed(['put', '/g', 's'], endpointEnv(endpoint));
  child.stdin.end(Buffer.from('a\xff\xfeb\nNUL \0 here\n\xc3\xa9\xe2\x82\nend', 'latin1'));
  const { stderr, exitCode } = await finished(child);
  const stored = [...endpoint.store.group('/g').timeline.events()].map(({ message }) => message);
  expect({ exitCode, stored }).toEqual({ exitCode: 0, stored: ['a\ufffd\ufffdb', 'NUL \0 here', 'é\ufffd', 'end'] });
  expect(stderr).toBe(
    'cwlogs: 4 delivered, 0 rejected, 2 with bytes that are not UTF-8, kept as \ufffd; /g, stream s\n',
  );
});

test.each(['plain.log', 'packed.log.gz'])(
  'bytes that are no UTF-8 in %s are matched as what stands for them',
  async (name) => {
    await start();
    const path = join(temporaryFolder(), name);
    const bytes = Buffer.from('ERROR \xff\xfe\nNUL \0 ERROR\nnothing \xc3\nERROR \xe2\x82', 'latin1');
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
    for (const judge of [[], ['--aws']]) {
      const { exitCode, stdout } = await run('pattern', 'ERROR', path, ...judge);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'ERROR \ufffd\ufffd\nNUL \0 ERROR\nERROR \ufffd\n' });
    }
  },
);

test('lines that together are more than a request may hold are matched by the service all the same', async () => {
  await start();
  const lines = Array.from({ length: 50 }, (_, at) => `${at % 2 === 0 ? 'ERROR' : 'fine'} ${'\u0001'.repeat(200_000)}`);
  const path = join(temporaryFolder(), 'long.log');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  const { exitCode, stdout, stderr } = await run('pattern', 'ERROR', path, '--aws', '--count');
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '25\n', stderr: '' });
});

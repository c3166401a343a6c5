import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { main } from '../../src/main.js';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { runBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { memoryIo } from '../support/memory-io.js';

const secretKey = 'wJalr+SecretKey/hunter1';
const sessionToken = 'IQoJb3JpZ2lu+SessionToken/hunter2==';
const secrets = [secretKey, sessionToken, 'hunter', 'Signature=0', 'Signature=a'];
const keys = { AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: sessionToken };
const deadPort = 'http://127.0.0.1:1';

let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
  endpoint.store.createGroup('/g');
  endpoint.store.seedEvents('/g', 's', [{ timestamp: Date.now() - 60_000, message: 'x' }]);
});
afterAll(() => endpoint.close());

/** All that a command line says, with every request shown. */
async function said(argv: readonly string[], url: string = endpoint.url): Promise<string> {
  const env = { ...endpointEnv({ url }), ...keys };
  const io = { ...memoryIo({ env, isTTY: true, stdin: ['a line\n'] }), now: Date.now };
  await main([...argv, '--debug'], io);
  const text = io.stdout.text() + io.stderr.text();
  expect(text).not.toBe('');
  return text;
}

function tellNothing(text: string): void {
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect(text).not.toMatch(/Signature=[\da-f]|Authorization:/i);
}

const commands: [string[]][] = [
  [['fetch', '/g', '--start', '1h', '--stats']],
  [['tail', '/g', '--no-follow']],
  [['trace', 'x', '/g']],
  [['groups']],
  [['streams', '/g']],
  [['query', 'fields @message', '--group', '/g']],
  [['histogram', '/g', '--start', '1h']],
  [['export', '--list']],
  [['put', '/g', 's', '--max-outage', '1ms']],
  [['pattern', 'x', '--aws']],
  [['fetch', '/g', '--start', '1h', '--dry-run']],
  [['fetch', '/g', '--start', '1h', '--print-policy']],
];

describe('credentials are not told', () => {
  test.each(commands)('by %j that succeeds', async (argv) => {
    const text = await said(argv);
    tellNothing(text);
    expect(text).not.toContain('failed');
  });

  test.each(commands.slice(0, 10))('by %j that is denied, or whose credentials have expired', async (argv) => {
    try {
      for (const kind of ['denied', 'expired'] as const) {
        await endpoint.beginOutage(kind);
        const text = await said(argv);
        tellNothing(text);
        expect(text).toMatch(/denied|expired/);
      }
    } finally {
      await endpoint.endOutage();
    }
  });

  test('after throttles and broken connections', async () => {
    await endpoint.beginOutage('throttle');
    const next = setTimeout(() => void endpoint.beginOutage('reset'), 200);
    try {
      const text = await said(['tail', '/g', '--no-follow']);
      tellNothing(text);
      expect(text).toContain('ThrottlingException');
    } finally {
      clearTimeout(next);
      await endpoint.endOutage();
    }
  });

  test('where nothing answers', async () => {
    const text = await said(['tail', '/g', '--no-follow'], deadPort);
    tellNothing(text);
    expect(text).toContain('cannot reach');
  });
});

describe('what an answer repeats of the request is not told', () => {
  const header = ({ headers }: IncomingMessage, name: string): string => String(headers[name]);

  test.each<[string, (request: IncomingMessage) => { status: number; body: string }]>([
    [
      'a wrong signature, with the canonical request',
      (request) => {
        const canonical = `POST\n/\n\nhost:x\nx-amz-security-token:${header(request, 'x-amz-security-token')}\n`;
        const message = `The request signature does not match. The Canonical String should have been '${canonical}' (${header(request, 'authorization')})`;
        return { status: 400, body: JSON.stringify({ __type: 'InvalidSignatureException', message }) };
      },
    ],
    [
      'a page that is not of the service, with all headers',
      (request) => ({ status: 403, body: `<html>${JSON.stringify(request.headers)}</html>` }),
    ],
    [
      'an error of a gateway, with all headers',
      (request) => ({
        status: 400,
        body: JSON.stringify({ __type: 'Gateway', message: JSON.stringify(request.headers) }),
      }),
    ],
    [
      'a URL that was signed',
      (request) => {
        const token = encodeURIComponent(header(request, 'x-amz-security-token'));
        const message = `bad https://x.test/?X-Amz-Security-Token=${token}&X-Amz-Signature=0123hunter`;
        return { status: 400, body: JSON.stringify({ __type: 'ValidationException', message }) };
      },
    ],
  ])('%s', async (_, toAnswer) => {
    const server = createServer((request, response) => {
      const { status, body } = toAnswer(request);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    // A server that listens on a port has an address of this kind.
    const text = await said(
      ['tail', '/g', '--no-follow'],
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    tellNothing(text);
    expect(text).not.toContain(encodeURIComponent(sessionToken));
    expect(text).toContain('cwlogs: ');
  });
});

describe('passwords in addresses are not told', () => {
  test.each([
    ['http://me:hunter3@127.0.0.1:4588', /holds a user or a password/],
    ['https://hunter3@logs.example.com/x', /holds a user or a password/],
    ['me:hunter3@logs.example.com', /is not a URL/],
    ['ftp://me:hunter3@logs.example.com', /is not a URL/],
  ])('--endpoint-url %s', async (url, problem) => {
    for (const argv of [['groups', '--endpoint-url', url], ['groups']]) {
      const text = await said(argv, url);
      expect(text).toMatch(problem);
      tellNothing(text);
    }
  });

  test.each(['http://me:hunter4@127.0.0.1:1', 'me:hunter4@127.0.0.1:1', 'http://me:hunter4@no such host'])(
    'HTTPS_PROXY %s',
    async (proxy) => {
      const env = { ...keys, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_REGION: 'us-east-1', HTTPS_PROXY: proxy };
      const { stdout, stderr, exitCode } = await runBin(['tail', '/g', '--no-follow', '--debug'], env);
      tellNothing(stdout + stderr);
      expect(stderr).not.toContain('unexpected');
      expect(exitCode).not.toBe(0);
    },
  );

  test('a signed URL that is given for a group', async () => {
    const url = `https://console.aws.amazon.com/x?X-Amz-Security-Token=${encodeURIComponent(sessionToken)}hunter5`;
    tellNothing(await said(['fetch', url, '--start', '1h']));
  });
});

test('the token of an SSO session is not told', async () => {
  const home = temporaryFolder();
  const cache = join(home, '.aws/sso/cache');
  mkdirSync(cache, { recursive: true });
  const start = 'https://x.awsapps.com/start';
  const settings = `sso_start_url=${start}\nsso_region=us-east-1\nsso_account_id=1\nsso_role_name=r\nregion=us-east-1`;
  writeFileSync(join(home, '.aws/config'), `[profile work]\n${settings}\n`);
  const token = { startUrl: start, region: 'us-east-1', accessToken: 'hunter6', expiresAt: '2099-01-01T00:00:00Z' };
  // The name of the file is the SHA-1 of the URL.
  const { createHash } = await import('node:crypto');
  const name = `${createHash('sha1').update(start).digest('hex')}.json`;
  writeFileSync(join(cache, name), JSON.stringify(token));
  const env = { HOME: home, USERPROFILE: home, HTTPS_PROXY: deadPort };
  const { stdout, stderr, exitCode } = await runBin(['groups', '--profile', 'work', '--debug'], env);
  tellNothing(stdout + stderr);
  expect(stderr).toContain('cwlogs: ');
  expect(exitCode).toBe(1);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { runBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';

const secrets = { AWS_SECRET_ACCESS_KEY: 'secret/key+of/forty', AWS_SESSION_TOKEN: 'token==of=a=session' };
const closed = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'https://127.0.0.1:1' };
let endpoint: LocalEndpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
  endpoint.store.createGroup('/g');
  endpoint.store.seedEvents('/g', 's', [{ timestamp: Date.now() - 60_000, message: 'one' }]);
});
afterAll(() => endpoint.close());

test.each<[string, string[], Record<string, string>, Partial<{ exitCode: number; stdout: string }>]>([
  ['a run that succeeds', ['fetch', '/g', '--start', '1h', '--debug', '--stats'], {}, { exitCode: 0, stdout: 'one\n' }],
  ['a run that fails', ['fetch', '/none', '--start', '1h', '--debug'], {}, { exitCode: 1 }],
  ['a dry run', ['fetch', '/g', '--start', '1h', '--debug', '--dry-run'], {}, { exitCode: 0 }],
  [
    'a proxy that cannot be reached',
    ['fetch', '/g', '--start', '1h', '--debug'],
    { ...closed, HTTPS_PROXY: 'http://user:password-of-proxy@127.0.0.1:1' },
    { exitCode: 1 },
  ],
])('%s prints no secret, even with --debug', async (_, args, env, outcome) => {
  const done = await runBin(args, { ...endpointEnv(endpoint), ...secrets, ...env });
  expect(done).toMatchObject(outcome);
  for (const secret of [...Object.values(secrets), 'password-of-proxy']) {
    expect(done.stdout + done.stderr).not.toContain(secret);
    expect(done.stdout + done.stderr).not.toContain(encodeURIComponent(secret));
  }
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalEndpoint, startEndpoint } from '../../src/server/endpoint.js';
import { temporaryFolder } from '../save/folder.js';
import { runBin } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import {
  type SecureEndpoint,
  startSecureEndpoint,
  startTunnelProxy,
  type TunnelProxy,
} from '../support/secure-endpoint.js';

let endpoint: LocalEndpoint;
let secure: SecureEndpoint;
let proxy: TunnelProxy;
let bundle: string;
const fetchAll = ['fetch', '/g', '--start', '1970-01-02', '--utc'];

beforeAll(async () => {
  endpoint = await startEndpoint();
  endpoint.store.createGroup('/g');
  endpoint.store.seedEvents('/g', 's', [{ timestamp: Date.UTC(2026, 10, 20), message: 'through' }]);
  secure = await startSecureEndpoint(endpoint.url, ['localhost', 'logs.test']);
  proxy = await startTunnelProxy(secure.port);
  bundle = join(temporaryFolder(afterAll), 'bundle.pem');
  writeFileSync(bundle, secure.certificate);
});
afterAll(async () => {
  await proxy.close();
  await secure.close();
  await endpoint.close();
});

function environment(url: string, env: Record<string, string> = {}) {
  return { ...endpointEnv(endpoint), AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url, ...env };
}

test('a certificate of an authority that AWS_CA_BUNDLE holds is trusted', async () => {
  const env = environment(`https://localhost:${secure.port}`, { AWS_CA_BUNDLE: bundle });
  expect(await runBin(fetchAll, env)).toMatchObject({ stdout: 'through\n', stderr: '', exitCode: 0 });
});

test('a certificate of an unknown authority is refused, saying what names the authority', async () => {
  const { stdout, stderr, exitCode } = await runBin(fetchAll, environment(`https://localhost:${secure.port}`));
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(/^cwlogs: .*certificate.*AWS_CA_BUNDLE.*\n$/);
});

test.each([
  [
    'a file that is not there',
    'missing.pem',
    /cannot be read: .*ENOENT.*; name a file of certificates in PEM, or unset it/,
  ],
  ['a file without a certificate', 'package.json', /holds no certificate; name a file/],
])('AWS_CA_BUNDLE with %s is refused before any request', async (_, path, message) => {
  const { stderr, exitCode } = await runBin(fetchAll, environment(endpoint.url, { AWS_CA_BUNDLE: path }));
  expect(stderr).toMatch(message);
  expect(stderr).toContain(`AWS_CA_BUNDLE "${path}"`);
  expect(exitCode).toBe(2);
});

test('HTTPS_PROXY is gone through, and the name of the service resolved there', async () => {
  const env = environment('https://logs.test', { AWS_CA_BUNDLE: bundle, HTTPS_PROXY: proxy.url });
  expect(await runBin(fetchAll, env)).toMatchObject({ stdout: 'through\n', stderr: '', exitCode: 0 });
  expect(proxy.asked).toContain('logs.test:443');
});

test('NO_PROXY and loopback are reached directly', async () => {
  const asked = proxy.asked.length;
  const env = environment(endpoint.url, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
  expect(await runBin(fetchAll, env)).toMatchObject({ stdout: 'through\n', exitCode: 0 });
  const excepted = { AWS_CA_BUNDLE: bundle, HTTPS_PROXY: proxy.url, NO_PROXY: 'localhost' };
  await runBin(fetchAll, environment(`https://localhost:${secure.port}`, excepted));
  expect(proxy.asked).toHaveLength(asked);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRenewableCredentials } from '../../src/logs/credentials.js';

let folder: string;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const login = { logger: silent, requestHandler: {}, mfaCode: undefined };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cwlogs-credentials-'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test('keys in a file are read once, and anew when the service no longer takes them', async () => {
  const { provide, renew } = createRenewableCredentials({ ...login, profile: undefined });
  logIn('FIRST');
  expect(await provide()).toMatchObject({ accessKeyId: 'FIRST', secretAccessKey: 'secret' });
  logIn('SECOND');
  expect(await provide()).toMatchObject({ accessKeyId: 'FIRST' });
  renew();
  expect(await provide()).toMatchObject({ accessKeyId: 'SECOND' });
});

test('keys that are not there yet are looked for again', async () => {
  const { provide } = createRenewableCredentials({ ...login, profile: 'late' });
  await expect(provide()).rejects.toThrow('Could not load credentials');
  logIn('KEY', 'late');
  expect(await provide()).toMatchObject({ accessKeyId: 'KEY' });
});

function logIn(accessKeyId: string, profile = 'default'): void {
  writeFileSync(
    join(folder, 'credentials'),
    `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = secret\n`,
  );
}

test('a role that wants a code asks for it, and STS is given it', async () => {
  writeFileSync(
    join(folder, 'config'),
    '[profile base]\naws_access_key_id = BASE\naws_secret_access_key = secret\n' +
      '[profile role]\nregion = eu-west-1\nsource_profile = base\nrole_arn = arn:aws:iam::123456789012:role/reader\n' +
      'mfa_serial = arn:aws:iam::123456789012:mfa/me\n',
  );
  const sts = await startSts();
  vi.stubEnv('AWS_ENDPOINT_URL_STS', sts.url);
  const serials: string[] = [];
  const mfaCode = async (serial: string) => {
    serials.push(serial);
    return '123456';
  };
  const { provide } = createRenewableCredentials({ ...login, profile: 'role', mfaCode });
  expect(await provide()).toMatchObject({ accessKeyId: 'ROLE' });
  expect(serials).toEqual(['arn:aws:iam::123456789012:mfa/me']);
  expect(Object.fromEntries(sts.asked)).toMatchObject({ Action: 'AssumeRole', TokenCode: '123456' });
  await sts.close();
});

/** A service that hands out the keys of a role. */
async function startSts() {
  const asked = new URLSearchParams();
  const server = createServer(async (request, response) => {
    for await (const piece of request.setEncoding('utf8')) {
      for (const [name, value] of new URLSearchParams(String(piece))) asked.set(name, value);
    }
    const keys = '<AccessKeyId>ROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
    const credentials = `<Credentials>${keys}<Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>`;
    response.setHeader('content-type', 'text/xml');
    response.end(`<AssumeRoleResponse><AssumeRoleResult>${credentials}</AssumeRoleResult></AssumeRoleResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

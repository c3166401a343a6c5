import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRenewableCredentials } from '../../src/logs/credentials.js';

let folder: string;

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
  const { provide, renew } = createRenewableCredentials(undefined, console);
  logIn('FIRST');
  expect(await provide()).toMatchObject({ accessKeyId: 'FIRST', secretAccessKey: 'secret' });
  logIn('SECOND');
  expect(await provide()).toMatchObject({ accessKeyId: 'FIRST' });
  renew();
  expect(await provide()).toMatchObject({ accessKeyId: 'SECOND' });
});

test('keys that are not there yet are looked for again', async () => {
  const { provide } = createRenewableCredentials('late', console);
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

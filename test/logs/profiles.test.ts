import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProfiles } from '../../src/logs/profiles.js';
import { temporaryFolder } from '../save/folder.js';

test('profiles of both files are found once each, and nothing else of them', async () => {
  const folder = temporaryFolder();
  const env = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials') };
  writeFileSync(
    env.AWS_CONFIG_FILE,
    '[default]\nregion = eu-west-1\n[profile prod]\nregion = eu-west-1\n[sso-session main]\nsso_region = eu-west-1\n[services dev]\n',
  );
  writeFileSync(env.AWS_SHARED_CREDENTIALS_FILE, '[prod]\naws_access_key_id = x\n[old]\naws_access_key_id = x\n');
  expect(await readProfiles(env)).toEqual({
    names: ['default', 'prod', 'old'],
    paths: [env.AWS_CONFIG_FILE, env.AWS_SHARED_CREDENTIALS_FILE],
  });
});

test('files that are not there have no profiles', async () => {
  const folder = temporaryFolder();
  const env = { AWS_CONFIG_FILE: join(folder, 'a'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'b') };
  expect(await readProfiles(env)).toMatchObject({ names: [] });
});

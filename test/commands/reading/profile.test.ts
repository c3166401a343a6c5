import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkProfile } from '../../../src/commands/reading/profile.js';
import { createReporter } from '../../../src/io.js';
import { main } from '../../../src/main.js';
import { temporaryFolder } from '../../save/folder.js';
import { memoryIo } from '../../support/memory-io.js';

const folder = temporaryFolder(afterAll);
const files = { AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
const place = `${files.AWS_CONFIG_FILE} or ${files.AWS_SHARED_CREDENTIALS_FILE}`;
writeFileSync(
  files.AWS_CONFIG_FILE,
  '[profile staging]\nregion = eu-west-1\n[profile production]\nregion = eu-west-1\n',
);
const keys = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };

test.each([
  ['fetch', ['fetch', 'g', '--start', '1h', '--profile', 'nope'], {}, '--profile "nope"'],
  ['groups', ['groups', '--profile', 'nope'], {}, '--profile "nope"'],
  ['the environment', ['fetch', 'g', '--start', '1h'], { AWS_PROFILE: 'nope' }, 'AWS_PROFILE "nope"'],
  ['the environment, beside keys', ['groups'], { AWS_PROFILE: 'nope', ...keys }, 'AWS_PROFILE "nope"'],
  ['an empty name', ['groups', '--profile', ''], {}, '--profile ""'],
])('a profile that does not exist is refused: %s', async (_, words, env, subject) => {
  const io = memoryIo({ env: { ...files, ...env } });
  expect(await main(words, io)).toBe(2);
  expect(io.stderr.text()).toBe(`cwlogs: ${subject} is not a profile of ${place}; there are staging, production\n`);
});

test('a profile that is nearly one is asked about', async () => {
  await expect(check({ profile: 'prodution' }, {})).rejects.toThrow('did you mean "production"?');
});

test('without any profile it says how to make one', async () => {
  await expect(check({ profile: 'dev' }, { AWS_CONFIG_FILE: join(folder, 'other') })).rejects.toThrow(
    'there is none; run: aws configure --profile dev',
  );
});

test('of many profiles the first ten are named', async () => {
  const many = { AWS_CONFIG_FILE: join(folder, 'many') };
  const names = Array.from({ length: 12 }, (_, at) => `account${at}`);
  writeFileSync(many.AWS_CONFIG_FILE, names.map((name) => `[profile ${name}]\nregion = eu-west-1\n`).join(''));
  await expect(check({ profile: 'dev' }, many)).rejects.toThrow(
    `; there are ${names.slice(0, 10).join(', ')} and 2 others`,
  );
});

test.each([
  ['one that exists', { profile: 'staging' }, {}],
  ['the default, which needs no file', { profile: 'default' }, {}],
  ['none', {}, {}],
  ['an empty variable, which counts as unset', {}, { AWS_PROFILE: '' }],
])('%s is taken', async (_, flags, env) => {
  expect(await check(flags, env)).toBe('');
});

test('keys in the environment that AWS_PROFILE overrides are mentioned on a terminal', async () => {
  expect(await check({}, { AWS_PROFILE: 'staging', ...keys })).toBe(
    'cwlogs: AWS_PROFILE "staging" decides: the keys in the environment are not used\n',
  );
  expect(await check({ profile: 'staging' }, keys)).toBe('');
});

async function check(flags: { readonly profile?: string }, env: Readonly<Record<string, string>>): Promise<string> {
  const io = memoryIo({ env: { ...files, ...env }, isTTY: true });
  await checkProfile({ color: 'auto', ...flags }, io, createReporter(io, {}));
  return io.stderr.text();
}

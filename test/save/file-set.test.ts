import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { readCheckpoint } from '../../src/save/checkpoint.js';
import { startDownload } from '../../src/save/download.js';
import { toEvent } from '../logs/fixtures.js';
import { complete, contents, events, optionsOf, remaining, render, saved } from './downloads.js';
import { temporaryFolder } from './folder.js';

test('values that look the same once they are safe, or but for case, get files of their own', async () => {
  const folder = temporaryFolder();
  const names = ['a/b', 'a_b', 'A_B', 'resume', 'RESUME.new', 'manifest'];
  const each = names.map((logStreamName, at) => toEvent({ logStreamName, eventId: `${at}`, message: logStreamName }));
  await complete(folder, '{stream}', [each], undefined, { manifestPath: join(folder, 'manifest') });
  expect(contents(folder)).toEqual({
    a_b: 'a/b\n',
    'a_b~2': 'a_b\n',
    'A_B~3': 'A_B\n',
    'resume~2': 'resume\n',
    'RESUME~2.new': 'RESUME.new\n',
    'manifest~2': 'manifest\n',
  });
});

test('any names give as many files as there are names, all in the folder', async () => {
  const name = fc.oneof(
    fc.constantFrom('..', 'a', 'A', 'a/', 'a_', 'nul'),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), async (names) => {
      const folder = temporaryFolder();
      const each = names.map((logStreamName, at) => toEvent({ logStreamName, eventId: `${at}`, message: `${at}` }));
      await complete(folder, 'in/{stream}', [each]);
      expect(readdirSync(folder).sort()).toEqual(['in', 'resume']);
      expect(new Set(Object.values(contents(folder)))).toEqual(new Set(names.map((_, at) => `${at}\n`)));
    }),
    { numRuns: 25 },
  );
});

test('more files than may be open at a time', async () => {
  const folder = temporaryFolder();
  const many = Array.from({ length: 900 }, (_, at) =>
    toEvent({ timestamp: at, eventId: `${at}`, logStreamName: `s${at % 300}`, message: `${at}` }),
  );
  expect(await complete(folder, '{stream}.log', [many.slice(0, 500), many.slice(500)])).toHaveLength(300);
  expect(contents(folder)).toMatchObject({ 's0.log': '0\n300\n600\n', 's299.log': '299\n599\n899\n' });
});

test('a file that holds something is refused and left alone, unless it is to be replaced', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'x.log'), 'precious');
  await expect(startDownload(optionsOf(folder, 'x.log'))).rejects.toThrow(UsageError);
  expect(contents(folder)).toEqual({ 'x.log': 'precious' });
  await complete(folder, 'x.log', [events], undefined, { force: true });
  expect(contents(folder)).toEqual({ 'x.log': render(events) });
});

test('a file in the way of one of many is refused and left alone, now and when it is resumed', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'late.log'), 'precious');
  const download = await startDownload(optionsOf(folder, '{stream}.log'));
  const page = [toEvent({ logStreamName: 'late', eventId: 'x' })];
  await expect(download.write(page)).rejects.toThrow(UsageError);
  const from = await readCheckpoint(join(folder, 'resume'));
  await expect(complete(folder, '{stream}.log', [page], from)).rejects.toThrow(UsageError);
  expect(readFileSync(join(folder, 'late.log'), 'utf8')).toBe('precious');
});

test('what was to be replaced is replaced also when it comes only after resuming', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'web_1.log'), 'old');
  await (await startDownload(optionsOf(folder, '{stream}.log', { force: true }))).write(events.slice(0, 1));
  const from = await readCheckpoint(join(folder, 'resume'));
  await complete(folder, '{stream}.log', remaining([events], from), from);
  expect(contents(folder)).toEqual(await saved('{stream}.log', [events]));
});

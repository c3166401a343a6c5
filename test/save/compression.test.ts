import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { compressionOf } from '../../src/save/compression.js';

const hasZstd = 'zstdCompress' in zlib;

test('gzip members one after another are the whole text', async () => {
  const compress = compressionOf('app.log.gz');
  const members = await Promise.all(['first\n', '', 'zweites 🙂\n'].map((text) => compress?.(Buffer.from(text))));
  expect(zlib.gunzipSync(Buffer.concat(members.filter((member) => member !== undefined))).toString()).toBe(
    'first\nzweites 🙂\n',
  );
});

test('the same text gives the same bytes', async () => {
  const compress = compressionOf('app.log.gz');
  const text = Buffer.from('line\n'.repeat(1_000));
  expect(await compress?.(text)).toEqual(await compress?.(text));
});

test.each(['app.log', 'app.gzip', 'gz', 'app.gz.log'])('%s is plain text', (path) => {
  expect(compressionOf(path)).toBeUndefined();
});

test.skipIf(hasZstd)('.zst needs a newer Node, which is said', () => {
  expect(() => compressionOf('app.log.zst')).toThrow(UsageError);
  expect(() => compressionOf('app.log.zst')).toThrow(/Node 22\.15 or newer.*write \.gz/);
});

test.runIf(hasZstd)('a zstd member begins with the magic number of one', async () => {
  const member = await compressionOf('app.log.zst')?.(Buffer.from('text'));
  expect(member?.readUInt32LE()).toBe(0xfd2fb528);
});

import { chmod, chown, mkdir, mkdtemp, readdir, stat, writeFile } from 'node:fs/promises';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runBin } from '../support/bin.js';

/** A new folder for what Node keeps compiled to be put into. */
function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'cwlogs-compile-'));
}

async function entriesIn(folder: string): Promise<number> {
  return (await readdir(folder).catch(() => [])).length;
}

test.each([[['--help']], [['fetch', '--bogus']]])(
  '%j says and ends the same where nothing can be kept',
  async (args) => {
    const folder = await newFolder();
    const home = join(folder, 'a-file');
    await writeFile(home, '');
    expect(await runBin(args, { HOME: home, LOCALAPPDATA: home })).toEqual(await runBin(args, { HOME: folder }));
  },
);

describe.runIf('enableCompileCache' in module)('where Node can keep what it has compiled', () => {
  test.runIf(process.platform === 'linux' || process.platform === 'darwin')('it lies where caches do', async () => {
    const home = await newFolder();
    await runBin(['--help'], { HOME: home });
    const caches = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
    expect(await entriesIn(join(home, caches, 'cwlogs', 'compile'))).toBe(1);
  });

  test.runIf(process.platform !== 'win32')('no one else may look into the folder, also when it was open', async () => {
    const caches = await newFolder();
    const folder = join(caches, 'cwlogs', 'compile');
    await runBin(['--help'], { XDG_CACHE_HOME: caches });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await chmod(folder, 0o777);
    await runBin(['--help'], { XDG_CACHE_HOME: caches });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await entriesIn(folder)).toBe(1);
  });

  test.runIf(process.getuid?.() === 0)("somebody else's folder is left alone", async () => {
    const caches = await newFolder();
    const folder = join(caches, 'cwlogs', 'compile');
    await mkdir(folder, { recursive: true });
    await chown(folder, 12_345, 12_345);
    expect(await runBin(['--help'], { XDG_CACHE_HOME: caches })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await entriesIn(folder)).toBe(0);
  });

  test('NODE_DISABLE_COMPILE_CACHE leaves no folder behind', async () => {
    const caches = await newFolder();
    await runBin(['--help'], { XDG_CACHE_HOME: caches, NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(await entriesIn(caches)).toBe(0);
  });

  test('a folder that Node was told of is used instead', async () => {
    const [caches, told] = [await newFolder(), await newFolder()];
    await runBin(['--help'], { XDG_CACHE_HOME: caches, NODE_COMPILE_CACHE: told });
    expect(await entriesIn(caches)).toBe(0);
    expect(await entriesIn(told)).toBe(1);
  });
});

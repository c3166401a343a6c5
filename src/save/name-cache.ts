import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Names that were listed a moment ago; they hold for a minute, and are the user's alone to read. */
export interface CachedNames {
  /** The names; undefined where there are none from the last minute. */
  read(): Promise<readonly string[] | undefined>;
  /** Keeps the names; where that cannot be, it is no hindrance. */
  write(names: readonly string[]): Promise<void>;
}

const freshMs = 60_000;

/** Opens what is kept of names, by what was asked for, in the user's own folder for such things. */
export function openNameCache(
  env: Readonly<Record<string, string | undefined>>,
  now: () => number,
  asked: readonly unknown[],
): CachedNames {
  const folder = join(env.XDG_CACHE_HOME || env.LOCALAPPDATA || join(env.HOME || homedir(), '.cache'), 'cwlogs');
  // Hashed: it holds names of accounts' groups, and is of any length.
  const path = join(folder, `${filePrefix}${createHash('sha256').update(JSON.stringify(asked)).digest('hex')}.json`);
  return {
    async read() {
      const known = await read(path);
      return known !== undefined && Math.abs(now() - known.atMs) < freshMs ? known.names : undefined;
    },
    async write(names) {
      try {
        await makeFolder(folder);
        await removeStale(folder);
        await writeFile(path, JSON.stringify({ atMs: now(), names } satisfies Known), { mode: 0o600 });
      } catch {
        // Nothing but time is lost.
      }
    },
  };
}

const filePrefix = 'names-';

interface Known {
  readonly atMs: number;
  readonly names: readonly string[];
}

async function read(path: string): Promise<Known | undefined> {
  try {
    const known: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isKnown(known) ? known : undefined;
  } catch {
    return undefined;
  }
}

function isKnown(value: unknown): value is Known {
  if (typeof value !== 'object' || value === null || !('atMs' in value) || !('names' in value)) return false;
  const { atMs, names } = value;
  return typeof atMs === 'number' && Array.isArray(names) && names.every((name) => typeof name === 'string');
}

async function makeFolder(folder: string): Promise<void> {
  // One by one: for some paths that nobody may write to, Node goes on for ever trying to make all of them at once.
  for (const one of [dirname(folder), folder]) await mkdir(one, { mode: 0o700 }).catch(() => {});
  await chmod(folder, 0o700);
}

/** Every beginning of a name that was asked for has left a file. */
async function removeStale(folder: string): Promise<void> {
  for (const file of await readdir(folder)) {
    if (!file.startsWith(filePrefix)) continue;
    const path = join(folder, file);
    const { mtimeMs } = await stat(path);
    if (Math.abs(Date.now() - mtimeMs) > freshMs) await rm(path, { force: true });
  }
}

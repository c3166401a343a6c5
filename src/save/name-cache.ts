import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Names that were listed a moment ago, by what was asked; they hold for a minute, and are the user's alone to read. */
export interface NameCache {
  /** The names in the cache, or else those that `list` gives. */
  get(key: readonly unknown[], list: () => Promise<readonly string[]>): Promise<readonly string[]>;
}

const freshMs = 60_000;

/** Opens the cache in the user's own folder for such things; a cache that cannot be read or written is no hindrance. */
export function openNameCache(env: Readonly<Record<string, string | undefined>>, now: () => number): NameCache {
  const folder = join(env.XDG_CACHE_HOME || env.LOCALAPPDATA || join(env.HOME || homedir(), '.cache'), 'cwlogs');
  return {
    async get(key, list) {
      // Hashed: the key holds names of accounts' groups, and is of any length.
      const path = join(folder, `names-${createHash('sha256').update(JSON.stringify(key)).digest('hex')}.json`);
      const known = await read(path);
      if (known !== undefined && Math.abs(now() - known.atMs) < freshMs) return known.names;
      const names = await list();
      await write(folder, path, { atMs: now(), names }).catch(() => {});
      return names;
    },
  };
}

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

async function write(folder: string, path: string, known: Known): Promise<void> {
  // One by one: for some paths that nobody may write to, Node goes on for ever trying to make all of them at once.
  for (const one of [dirname(folder), folder]) await mkdir(one, { mode: 0o700 }).catch(() => {});
  await chmod(folder, 0o700);
  await writeFile(path, JSON.stringify(known), { mode: 0o600 });
}

import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import { codeOf, onDisk, readWhole } from './disk.js';

/** Keeps two processes from writing the same download. */
export interface Lock {
  /** Takes it, unless it is held already; throws where another process holds it. */
  take(): Promise<void>;
  release(): Promise<void>;
}

/** Makes the lock of a download: a file that names the process; one that a killed process left is no hindrance. */
export function createLock(path: string, download: string): Lock {
  let isHeld = false;
  return {
    async take() {
      if (isHeld) return;
      if (!(await create(path))) {
        const holder = await readWhole(path);
        if (holder !== undefined && !(await isGone(holder))) throw heldBy(holder.trim(), path, download);
        await onDisk(path, () => rm(path, { force: true }));
        if (!(await create(path))) throw heldBy('another process', path, download);
      }
      isHeld = true;
    },
    async release() {
      if (isHeld) await onDisk(path, () => rm(path, { force: true }));
      isHeld = false;
    },
  };
}

/** Whether it could be created: that is refused while it is there. */
async function create(path: string): Promise<boolean> {
  await onDisk(dirname(path), () => mkdir(dirname(path), { recursive: true }));
  return onDisk(path, async () => {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(`process ${process.pid} on ${hostname()}\n`);
      await file.close();
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Whether the process that a lock names has ended; of another machine's nobody here can tell. */
async function isGone(holder: string): Promise<boolean> {
  const [, pid, host] = /^process (\d+) on (.+)\n$/.exec(holder) ?? [];
  if (pid === undefined) return true;
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
  return isZombie(pid);
}

/** Whether a process has ended and only nobody has waited for it, as in a container whose first process waits for none. */
async function isZombie(pid: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the state stands behind a name that may hold anything.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) [ZX] [^)]*$/.test(stat);
}

function heldBy(holder: string, path: string, download: string): UsageError {
  return new UsageError({
    flag: '--output',
    value: download,
    problem: `is being written by ${holder}`,
    fix: `wait for that; if it is no cwlogs any more, remove ${path}`,
  });
}

import { resolve } from 'node:path';
import { SaveError } from '../errors.js';
import type { FileState } from './checkpoint.js';
import { sizeOf } from './disk.js';
import type { OutputPath } from './output-path.js';
import { continuedFile, newFile, type RenderedEvents, type SavedFile } from './saved-file.js';

/** The files of a download, each with the events that belong in it. */
export interface FileSet {
  /** Takes rendered events; of a file with few they stay in memory for now. */
  append(parts: readonly RenderedEvents[]): Promise<void>;
  /** Brings everything to the disk. */
  settle(): Promise<void>;
  /** Makes sure that all files are still as long as they were left: somebody may have removed one. */
  check(): Promise<void>;
  /** The files as the last {@link settle} left them. */
  states(): FileState[];
}

/** What decides about the files of a download. */
export interface FileSetOptions {
  readonly output: OutputPath;
  /** Names that no file may take. */
  readonly reserved: readonly string[];
  /** Files to go on with. */
  readonly states: readonly FileState[];
  /** Whether a file may be replaced that holds something already. */
  readonly mayReplace: (path: string) => boolean;
  /** Whether the user has asked to go on with a download. */
  readonly resumed: boolean;
  /** Awaited before the first byte goes into files. */
  readonly onBegin: (paths: readonly string[]) => Promise<void>;
}

/** Files that are written at a time. */
const maxOpenFiles = 64;

/** Opens the files of a download; without placeholders that is one, even when there is no event. */
export async function createFileSet(options: FileSetOptions): Promise<FileSet> {
  const { output, reserved, states, mayReplace, resumed, onBegin } = options;
  const files = new Map<string, SavedFile>();
  const taken = new Set(reserved.map(toComparable));
  /** Files of which the disk may not have everything. */
  const unsettled = new Set<SavedFile>();

  for (const state of states) keep(await continuedFile(state));
  if (!output.hasPlaceholders && files.size === 0) await start(output.root, '');

  function keep(file: SavedFile): SavedFile {
    files.set(file.key, file);
    taken.add(toComparable(file.path));
    if (!file.begun) unsettled.add(file);
    return file;
  }

  async function start(path: string, key: string): Promise<SavedFile> {
    return keep(await newFile(path, key, { replace: mayReplace(path), resumed }));
  }

  /** Different names may look the same once they are safe, or where the file system ignores case. */
  function freePath(path: string): string {
    const dot = path.indexOf('.', path.lastIndexOf('/') + 2);
    const [stem, ending] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot)];
    let free = path;
    for (let number = 2; taken.has(toComparable(free)); number++) free = `${stem}~${number}${ending}`;
    return free;
  }

  function pathOf({ events: [first] }: RenderedEvents): string {
    return first === undefined ? output.root : output.pathOf(first);
  }

  async function write(written: readonly SavedFile[], act: (file: SavedFile) => Promise<void>): Promise<void> {
    const beginning = written.filter(({ begun }) => !begun);
    if (beginning.length > 0) await onBegin(beginning.map(({ path }) => path));
    for (let at = 0; at < written.length; at += maxOpenFiles) {
      await Promise.all(written.slice(at, at + maxOpenFiles).map(act));
    }
  }

  return {
    async append(parts) {
      for (const part of parts) {
        const file = files.get(part.key) ?? (await start(freePath(pathOf(part)), part.key));
        file.append(part);
        unsettled.add(file);
      }
      await write(
        [...unsettled].filter(({ full }) => full),
        (file) => file.flush(),
      );
    },
    async settle() {
      await write([...unsettled], (file) => file.settle());
      unsettled.clear();
    },
    async check() {
      for (const { path, bytes } of [...files.values()].map((file) => file.state())) {
        if ((await sizeOf(path)) !== bytes) {
          throw new SaveError(path, new Error('it was changed or removed while it was written'));
        }
      }
    },
    states: () => [...files.values()].map((file) => file.state()),
  };
}

function toComparable(path: string): string {
  return resolve(path).toLowerCase();
}

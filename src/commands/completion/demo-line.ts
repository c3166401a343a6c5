import type { Io } from '../../io.js';
import type { Names } from './values.js';

/** A command line, and the demo that it is for, where it is for one. */
export interface DemoLine {
  readonly words: readonly string[];
  readonly demo: { readonly at: string | undefined } | undefined;
}

/** Takes `demo` and its own option from the beginning of a line: what follows is an ordinary one, of other groups. */
export function readDemoLine(words: readonly string[]): DemoLine {
  const [command, first = '', ...others] = words;
  if (command !== 'demo' || words.length < 2) return { words, demo: undefined };
  const [at, ...behind] = others;
  if (first === '--at' && behind.length > 0) return { words: behind, demo: { at } };
  const isGlued = first.startsWith('--at=') && others.length > 0;
  if (isGlued) return { words: others, demo: { at: first.slice('--at='.length) } };
  // Its own options are still to be had.
  return first.startsWith('-') ? { words, demo: undefined } : { words: words.slice(1), demo: { at: undefined } };
}

/** The names in a demo that begins at a time, which are the same each time; nothing is asked for them. */
export function demoNames(at: string | undefined, io: Io): Names {
  return {
    async groups() {
      const { demoGroups } = await import('../../server/demo/seed.js');
      return demoGroups;
    },
    async streams(group) {
      const { seedDemo } = await import('../../server/demo/seed.js');
      const { createLogStore } = await import('../../server/log-store.js');
      const nowMs = at === undefined ? io.now() : await parseAt(at, io);
      const store = createLogStore(() => nowMs);
      seedDemo(store, { nowMs });
      return [...(store.groups.get(group)?.streams.keys() ?? [])].sort();
    },
  };
}

async function parseAt(at: string, io: Io): Promise<number> {
  const { parseTime } = await import('../../time/parse-time.js');
  const { resolveZone } = await import('../../time/zone.js');
  return parseTime(at, { nowMs: io.now(), zone: resolveZone({}, io.env), role: 'instant', flag: '--at' });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { main } from '../../src/main.js';
import { pick, randomInteger } from '../../src/server/random.js';
import { type MemoryIo, memoryIo } from '../support/memory-io.js';
import { drawOutage, type Scene } from './scene.js';

/** What a command line came to. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What happens around a command line. */
export interface Surroundings {
  readonly stdin?: Iterable<string>;
  /** What goes on while it runs. */
  readonly meanwhile?: (io: MemoryIo) => Promise<void>;
  /** Whether the clock of the service stays with that of the client. */
  readonly isSteady?: boolean;
}

/** Runs a command line through the service of a scene; what it says is judged, whatever it comes to. */
export type Perform = (argv: readonly string[], surroundings?: Surroundings) => Promise<Outcome>;

/** How often each command was run to its end, and how often it ended otherwise. */
export type Counts = Map<string, { complete: number; refused: number }>;

const secrets = ['hostile+secret/key', 'hostile-session-token'];

/** Makes what runs command lines. */
export function createPerform(scene: Scene, counts: Counts): Perform {
  return async (argv, { stdin = [], meanwhile, isSteady = false } = {}) => {
    const { endpoint, random } = scene;
    const isDebug = random() < 0.1;
    const env = {
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: secrets[0],
      AWS_SESSION_TOKEN: secrets[1],
      TZ: 'UTC',
    };
    const io: MemoryIo = { ...memoryIo({ env, stdin }), now: scene.now };
    const trouble = new AbortController();
    const troubled = disturb(scene, isSteady, trouble.signal);
    const [exitCode] = await Promise.all([main([...argv, ...(isDebug ? ['--debug'] : [])], io), meanwhile?.(io)]);
    trouble.abort();
    await troubled;
    const outcome = { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
    judge(outcome, isDebug, whatIs(scene, argv));
    const [command = ''] = argv;
    const count = counts.get(command) ?? { complete: 0, refused: 0 };
    counts.set(command, count);
    if (exitCode === 0) count.complete += 1;
    else count.refused += 1;
    return outcome;
  };
}

/** Says which command line it was, and how to come by it again. */
export function whatIs({ seed }: Scene, argv: readonly string[]): string {
  return `cwlogs ${argv.join(' ')} (again: npm run soak -- --seed ${seed})`;
}

/** Lets the clock of the service jump, and it fail for a moment. */
async function disturb(scene: Scene, isSteady: boolean, signal: AbortSignal): Promise<void> {
  const { endpoint, random } = scene;
  const minuteMs = 60_000;
  const jumpMs = pick(random, [0, 0, 0, -40 * minuteMs, 40 * minuteMs]);
  scene.jump(isSteady ? 0 : jumpMs);
  const outage = drawOutage(scene);
  const beforeMs = randomInteger(random, 0, 200);
  const lengthMs = randomInteger(random, 20, 500);
  try {
    await sleep(beforeMs, undefined, { signal });
    if (random() < 0.1 && !isSteady) scene.jump(pick(random, [-20 * minuteMs, 20 * minuteMs]));
    if (outage === undefined) return;
    await endpoint.beginOutage(outage);
    await sleep(lengthMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await endpoint.endOutage();
  }
}

function judge({ exitCode, stderr }: Outcome, isDebug: boolean, what: string): void {
  for (const secret of secrets) expect(stderr, what).not.toContain(secret);
  expect(stderr, what).not.toMatch(/undefined|\[object |\bNaN\b|unexpected; --debug|Signature=/);
  if (!isDebug) for (const line of stderr.split('\n').slice(0, -1)) expect(line, what).toMatch(/^cwlogs: \S/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters under test
  expect(stderr, what).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
  expect([0, 1, 2, 3, 4, 130], what).toContain(exitCode);
  if (exitCode !== 0) expect(stderr, what).toMatch(/^cwlogs: .+\n/m);
}

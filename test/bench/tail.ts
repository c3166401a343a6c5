import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runNode } from './measure.js';
import type { Row } from './run.js';
import type { TailScene, TailTruth } from './tail-server.js';

/** Events of which one in ten can be read only seconds later. */
const late = { visibility: { delayMs: [0, 300], late: { share: 0.1, delayMs: [300, 20_000] } }, latencyMs: [50, 150] };
const busy: TailScene = { groups: 2, perSecond: 200, seconds: 60, switches: late, withFuture: true };
const outageKinds = ['throttle', '500', '503', 'reset', 'hang', 'refuse', 'expired', 'denied'] as const;

/** What is followed, against what there was to be seen. */
export async function* tail(bin: string): AsyncGenerator<Row> {
  yield renderDelays('200/s, 10 % up to 20 s late, polling', await follow(bin, busy, []));
  yield renderDelays('200/s, 10 % up to 20 s late, --live', await follow(bin, busy, ['--live']));

  const dense: TailScene = { groups: 1, perSecond: 5_000, seconds: 30, switches: { latencyMs: [50, 150] } };
  yield renderCost('5,000/s, polling, --rate 25', await follow(bin, dense, ['--rate', '25']));
  const sampled: TailScene = { groups: 1, perSecond: 2_000, seconds: 30, switches: { latencyMs: [50, 150] } };
  yield renderCost('2,000/s, --live, sampled by the service', await follow(bin, sampled, ['--live']));

  const quiet: TailScene = { groups: 200, perSecond: 5, seconds: 60, switches: { latencyMs: [50, 150] } };
  const many = await follow(bin, quiet, ['--rate', '10']);
  yield [
    ...renderKept('200 quiet groups, --rate 10', many),
    `slowest line ${seconds(many.slowestMs)}`,
    '≤ 21 s, as it says',
  ];

  const failing: TailScene = { groups: 1, perSecond: 20, seconds: 50, switches: { latencyMs: [10, 30] } };
  const ended = await Promise.all(outageKinds.map((kind) => follow(bin, { ...failing, outage: kind }, [])));
  for (const [at, kind] of outageKinds.entries()) {
    const run = ended[at];
    if (run !== undefined)
      yield [...renderKept(`20 outages: ${kind}`, run), `slowest line ${seconds(run.slowestMs)}`, '0 lost, 0 repeated'];
  }
}

interface Followed {
  readonly events: number;
  readonly lost: number;
  readonly repeated: number;
  /** From when an event could be read to when its line came. */
  readonly promptMs: readonly number[];
  readonly lateMs: readonly number[];
  readonly slowestMs: number;
  readonly maxRssMb: number;
  readonly requests: number;
}

const tailServer = fileURLToPath(new URL('./tail-server.js', import.meta.url));
/** The last late event is found by the sweep after it. */
const settleMs = 30_000;
const promptMs = 300;

async function follow(bin: string, scene: TailScene, flags: readonly string[]): Promise<Followed> {
  const server = fork(tailServer, [JSON.stringify(scene)]);
  try {
    const [{ url }] = await once(server, 'message');
    const groups = Array.from({ length: scene.groups }, (_, group) => `/bench/${group}`);
    const printed = new Map<number, number[]>();
    let rest = '';
    const onStdout = (text: string): void => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const index = Number(line.split(' ')[1]);
        printed.set(index, [...(printed.get(index) ?? []), Date.now()]);
      }
    };
    const ended = new Promise<unknown>((resolve) => {
      server.once('message', (truth) => void sleep(settleMs).then(() => resolve(truth)));
    });
    const args = [bin, 'tail', ...groups, '-n', '0', '--endpoint-url', url, ...flags];
    const running = runNode(args, { env: environment(), onStdout, until: ended, interruptAfterMs: 600_000 });
    server.send('go');
    const truth = (await ended) as TailTruth;
    const run = await running;
    return { ...compare(truth, printed), maxRssMb: run.maxRssMb, requests: truth.requests.FilterLogEvents ?? 0 };
  } finally {
    server.kill();
  }
}

function compare({ events }: TailTruth, printed: ReadonlyMap<number, readonly number[]>) {
  const prompt: number[] = [];
  const late: number[] = [];
  let lost = 0;
  let repeated = 0;
  for (const [index, visibleMs, delayMs] of events) {
    const [first, ...again] = printed.get(index) ?? [];
    repeated += again.length;
    if (first === undefined) lost += 1;
    else (delayMs <= promptMs ? prompt : late).push(first - visibleMs);
  }
  const slowestMs = [...prompt, ...late].reduce((most, ms) => Math.max(most, ms), 0);
  return { events: events.length, lost, repeated, promptMs: prompt, lateMs: late, slowestMs };
}

function renderKept(what: string, { events, lost, repeated }: Followed): [string, string] {
  return [`tail: ${what}`, `${lost} lost, ${repeated} repeated of ${events}`];
}

function renderDelays(what: string, run: Followed): Row {
  const [half, most] = [0.5, 0.99].map((share) => seconds(quantile(run.promptMs, share)));
  const latest = seconds(quantile(run.lateMs, 1));
  const comparison = `prompt: median ${half}, 99 % ${most}; late: at most ${latest}`;
  return [...renderKept(what, run), comparison, '0, 0 · ≤ 1.2 s, ≤ 2.5 s · ≤ 10 s after they could be read'];
}

function renderCost(what: string, run: Followed): Row {
  const cost = `${run.requests} requests, ${run.maxRssMb.toFixed(0)} MB, slowest line ${seconds(run.slowestMs)}`;
  return [...renderKept(what, run), cost, '0, 0 · ≤ 320 MB'];
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Keys in a file, which may be renewed while a tail runs. */
function environment(): NodeJS.ProcessEnv {
  const credentials = join(mkdtempSync(join(tmpdir(), 'cwlogs-bench-')), 'credentials');
  writeFileSync(credentials, '[default]\naws_access_key_id = x\naws_secret_access_key = x\n');
  return { AWS_REGION: 'us-east-1', AWS_SHARED_CREDENTIALS_FILE: credentials };
}

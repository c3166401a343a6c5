import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEndpoint } from '../../dist/server/endpoint.js';
import { inTurn, median, type Run, runNode } from './measure.js';
import type { Row } from './run.js';

const rounds = 15;
const group = '/bench/api';

/** From Node 22 on doing nothing takes half as long, since more of Node is loaded when it is used. */
const limits =
  Number.parseInt(process.versions.node, 10) < 22
    ? { version: '≤ 1.2', help: '≤ 1.35', firstLine: '≤ 2.3' }
    : { version: '', help: '', firstLine: '≤ 3.8' };

/** How long cwlogs takes to say its version, its help and the first line of a log, against Node doing nothing. */
export async function* startUp(bin: string): AsyncGenerator<Row> {
  const endpoint = await startEndpoint();
  endpoint.store.createGroup(group);
  const startMs = Date.now() - 3_600_000;
  const events = Array.from({ length: 100 }, (_, index) => ({ timestamp: startMs + index, message: `line ${index}` }));
  endpoint.store.seedEvents(group, 'web/1', events);
  // What Node keeps compiled from run to run begins empty: the round that does not count fills it.
  const cache = await mkdtemp(join(tmpdir(), 'cwlogs-bench-'));
  const env = {
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
    XDG_CACHE_HOME: cache,
  };
  try {
    const runs = await inTurn(rounds, {
      floor: () => runNode(['-e', '0'], { env }),
      version: () => runNode([bin, '--version'], { env }),
      help: () => runNode([bin, '--help'], { env }),
      dryRun: () => runNode([bin, 'fetch', group, '--start', '2h', '--dry-run'], { env }),
      firstLine: () => runToFirstLine([bin, 'fetch', group, '--start', '2h'], env),
    });
    const floorMs = median(runs.floor.map(({ wallMs }) => wallMs));
    const row = (what: string, measured: readonly Run[], limit: string): Row => {
      const ms = median(measured.map(({ wallMs }) => wallMs));
      return [
        what,
        `${ms.toFixed(0)} ms`,
        `${(ms / floorMs).toFixed(2)} × node -e 0 (${floorMs.toFixed(0)} ms)`,
        limit,
      ];
    };
    yield* [
      row('start-up: --version', runs.version, limits.version),
      row('start-up: --help', runs.help, limits.help),
      row('start-up: fetch --dry-run', runs.dryRun, ''),
      row('start-up: first line of fetch', runs.firstLine, limits.firstLine),
    ];
  } finally {
    await endpoint.close();
    await rm(cache, { recursive: true });
  }
}

/** Timed until something is on stdout, rather than to the end. */
async function runToFirstLine(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  const startMs = performance.now();
  let wallMs = Number.NaN;
  const onStdout = (): void => {
    if (Number.isNaN(wallMs)) wallMs = performance.now() - startMs;
  };
  return { ...(await runNode(args, { env, onStdout })), wallMs };
}

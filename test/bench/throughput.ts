import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inTurn, median, runNode } from './measure.js';
import type { Row } from './run.js';

const rounds = 5;
const group = '/bench/pages';

/** A download at zero latency against the bare loop over the same pages, and the memory it takes. */
export async function* throughput(bin: string): AsyncGenerator<Row> {
  const small = await download(bin, 128);
  const large = await download(bin, 512);
  const ratio = median(small.bare.map(({ wallMs }) => wallMs)) / median(small.cwlogs.map(({ wallMs }) => wallMs));
  const rate = (runs: readonly { wallMs: number }[]): string =>
    `${(small.megabytes / (median(runs.map(({ wallMs }) => wallMs)) / 1000)).toFixed(0)} MB/s`;
  const peak = (runs: readonly { maxRssMb: number }[]): string =>
    `${Math.max(...runs.map(({ maxRssMb }) => maxRssMb)).toFixed(0)} MB`;
  const versusPlain =
    median(small.plain.map(({ wallMs }) => wallMs)) / median(small.cwlogs.map(({ wallMs }) => wallMs));
  const against = `${ratio.toFixed(2)} × bare loop (${rate(small.bare)})`;
  yield ['throughput: 128 MB, whole process', rate(small.cwlogs), against, '≥ 0.75'];
  yield [
    'throughput: against --concurrency 1',
    rate(small.cwlogs),
    `${versusPlain.toFixed(2)} × (${rate(small.plain)})`,
    '≥ 1',
  ];
  const share = `${small.serverCpuShare.toFixed(0)} %`;
  yield ['throughput: CPU of the server meanwhile', share, 'of one core, so not the bottleneck', ''];
  yield ['memory: 128 MB', peak(small.cwlogs), `bare loop ${peak(small.bare)}`, '≤ 200 MB'];
  yield ['memory: 512 MB', peak(large.cwlogs), `bare loop ${peak(large.bare)}`, '≤ 200 MB'];
}

async function download(bin: string, megabytes: number) {
  const server = fork(fileURLToPath(new URL('./page-server.js', import.meta.url)), [group, String(megabytes)]);
  try {
    const [ready] = await once(server, 'message');
    const bareLoop = fileURLToPath(new URL('./bare-loop.js', import.meta.url));
    const env = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
    const fetch = [bin, 'fetch', group, '--start', '2020-01-01', '--endpoint-url', ready.url];
    const runs = await inTurn(rounds, {
      bare: () => runNode([bareLoop, ready.url, group]),
      cwlogs: () => runNode(fetch, { env }),
      plain: () => runNode([...fetch, '--concurrency', '1'], { env }),
    });
    server.send('cpu');
    const [{ cpuMs }] = await once(server, 'message');
    const wallMs = [...runs.bare, ...runs.cwlogs, ...runs.plain].reduce((sum, run) => sum + run.wallMs, 0);
    return { ...runs, megabytes: ready.bytes / 1e6, serverCpuShare: (cpuMs / wallMs) * 100 };
  } finally {
    server.kill();
  }
}

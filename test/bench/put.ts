import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLogger } from '../../dist/handlers/logger.js';
import { inTurn, median, runNode } from './measure.js';
import type { PutTruth } from './put-server.js';
import type { Row } from './run.js';

const rounds = 3;
const lineCount = 1_000_000;
const latencyMs = 30;

/** Short lines through `put`, against full batches one after another. */
export async function* put(bin: string): AsyncGenerator<Row> {
  const server = fork(fileURLToPath(new URL('./put-server.js', import.meta.url)), [String(latencyMs)]);
  const folder = mkdtempSync(join(tmpdir(), 'cwlogs-bench-'));
  try {
    const [{ url }] = await once(server, 'message');
    const stdinPath = join(folder, 'lines');
    writeFileSync(stdinPath, Array.from({ length: lineCount }, (_, index) => `${index} done\n`).join(''));
    const env = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
    const barePut = fileURLToPath(new URL('./bare-put.js', import.meta.url));
    const truths: PutTruth[] = [];
    const putLines = [bin, 'put', '/bench', '--create', '--endpoint-url', url];
    const runs = await inTurn(rounds, {
      sequential: async () => {
        const run = await runNode([barePut, url, '/bare'], { stdinPath });
        await truthOf(server);
        return run;
      },
      cwlogs: async () => {
        const run = await runNode(putLines, { env, stdinPath });
        truths.push(await truthOf(server));
        return run;
      },
    });
    const wallMs = median(runs.cwlogs.map((run) => run.wallMs));
    const ratio = median(runs.sequential.map((run) => run.wallMs)) / wallMs;
    const rate = `${Math.round(lineCount / wallMs)} lines/ms`;
    yield [
      `put: 1,000,000 short lines, ${latencyMs} ms`,
      rate,
      `${ratio.toFixed(2)} × the SDK, batch after batch`,
      '≥ 3',
    ];
    const peakMb = Math.max(...runs.cwlogs.map((run) => run.maxRssMb));
    yield ['put: memory', `${peakMb.toFixed(0)} MB`, '', '≤ 200 MB'];
    const missing = truths.map(({ events }) => lineCount - events);
    const requests = Math.max(...truths.map((truth) => truth.requests));
    const order = truths.every(({ isInOrder }) => isInOrder) ? 'in order' : 'OUT OF ORDER';
    yield ['put: arrived', `${Math.max(...missing)} missing`, `${order}, ${requests} requests`, '0, in order'];
    yield await loggerRow(url);
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

const callRounds = 9;
const callCount = 20_000;

/** What a call of the logger costs its caller, with objects to make JSON of. */
async function loggerRow(endpoint: string): Promise<Row> {
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const log = createLogger({ group: '/logger', region: 'us-east-1', endpoint, credentials, flushAtEnd: false });
  const microseconds: number[] = [];
  for (let round = 0; round < callRounds; round++) {
    const startMs = performance.now();
    for (let order = 0; order < callCount; order++) log({ level: 'info', order, message: 'order taken' });
    microseconds.push(((performance.now() - startMs) * 1_000) / callCount);
    await log.flush();
  }
  const { delivered } = await log.close();
  const arrived = `${(callRounds * callCount - delivered).toLocaleString('en-US')} missing`;
  return ['logger: one call, an object', `${median(microseconds).toFixed(2)} µs`, arrived, '< 5 µs'];
}

/** What has arrived since this was last asked. */
async function truthOf(server: ReturnType<typeof fork>): Promise<PutTruth> {
  server.send('truth');
  const [truth] = await once(server, 'message');
  return truth;
}

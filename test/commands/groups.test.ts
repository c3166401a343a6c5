import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { main } from '../../src/main.js';
import { memoryIo } from '../support/memory-io.js';

const groups = ['/a', '/b', '/c'].map((logGroupName) => ({ logGroupName, creationTime: 0 }));

/** A service in which the streams of these groups may not be listed. */
async function startService(denied: readonly string[]): Promise<string> {
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: object }> => {
    const { logGroupName } = JSON.parse(await text(request));
    if (logGroupName === undefined) return { status: 200, body: { logGroups: groups } };
    if (!denied.includes(logGroupName)) return { status: 200, body: { logStreams: [{ lastEventTimestamp: 1_000 }] } };
    return { status: 400, body: { __type: 'AccessDeniedException', message: 'not allowed' } };
  };
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function run(endpoint: string, ...argv: string[]) {
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  const io = memoryIo({ env });
  const exitCode = await main(['groups', ...argv], io);
  return { exitCode, stdout: io.stdout.text(), stderr: io.stderr.text() };
}

test.each([['--last-event'], ['--sort=last-event']])('%s lists all, and fails where one is not known', async (flag) => {
  const { exitCode, stdout, stderr } = await run(await startService(['/b', '/c']), flag, '--quiet');
  const lasts = stdout.split('\n').map((line) => line.split('\t').at(-1));
  expect(lasts).toEqual(['1970-01-01T00:00:01.000Z', '', '', '']);
  expect(stderr).toMatch(
    /^cwlogs: INCOMPLETE: the last events of 2 of 3 log groups are not known: access denied in us-east-1: needs the IAM action logs:DescribeLogStreams on log group "\/b" \(not allowed\); --print-policy prints all that the command needs\n$/,
  );
  expect(exitCode).toBe(1);
});

test('with the rights to all streams nothing is to be said', async () => {
  expect(await run(await startService([]), '--last-event')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('where last events are not asked for no right to streams is needed', async () => {
  expect(await run(await startService(['/a', '/b', '/c']))).toMatchObject({ exitCode: 0, stderr: '' });
});

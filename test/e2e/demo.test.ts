import { expect, test } from 'vitest';
import { runBin, runShell } from '../support/bin.js';

test('the demo prints the messages from yesterday 15:00 on and nothing else on stdout', async () => {
  const { stdout, exitCode } = await runBin([
    'demo',
    'fetch',
    '/demo/api',
    '--start',
    'yesterday 3pm',
    '--format',
    'json',
  ]);
  const yesterday = new Date(Date.now() - 86_400_000).setUTCHours(15, 0, 0, 0);
  const events = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  expect(exitCode).toBe(0);
  expect(events.length).toBeGreaterThan(1_000);
  expect(events.filter(({ timestamp }) => timestamp < yesterday)).toEqual([]);
});

test('the first JSON line of the demo parses after head has left', async () => {
  const { exitCode, stderr } = await runShell(
    `cwlogs demo fetch /demo/api --start "2 hours ago" --format json | head -1 | node -e 'JSON.parse(require("fs").readFileSync(0))'`,
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('a dry run prints the resolved range in the zone that was asked for', async () => {
  const args = ['fetch', 'g', '--start', 'two days ago', '--end', '1h30m ago', '--tz', 'Asia/Tokyo', '--dry-run'];
  const { stdout, exitCode } = await runBin(args);
  const { startMs, endMs, zone } = JSON.parse(stdout);
  expect(exitCode).toBe(0);
  expect(endMs - startMs).toBe((48 - 1.5) * 3_600_000);
  expect(zone).toBe('Asia/Tokyo');
});

test('a demo takes neither a profile nor another endpoint', async () => {
  const { exitCode, stderr } = await runBin(['demo', 'fetch', '/demo/api', '--profile', 'prod']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--profile');
});

test('a profile in the environment does not reach the demo', async () => {
  const { exitCode, stderr } = await runBin(['demo', 'groups'], { AWS_PROFILE: 'nowhere', AWS_REGION: 'eu-west-1' });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

import { expect, test } from 'vitest';
import { runShell } from '../support/bin.js';

test('what the demo fetches by a pattern, the pattern finds again', async () => {
  const fetch = `cwlogs demo fetch /demo/api --filter '{ $.status >= 500 }' --start "1d ago"`;
  const { stdout, stderr } = await runShell(
    `${fetch} | tee >(wc -l >&2) | cwlogs pattern '{ $.status >= 500 }' --count`,
  );
  expect(Number(stdout)).toBeGreaterThan(10);
  expect(stderr.trim()).toBe(stdout.trim());
});

test('conditions find in the demo what the pattern that they make finds', async () => {
  const range = '--start "1d ago" --end "1h ago" --format json';
  const where = `cwlogs demo fetch /demo/api --where level=error --where 'status>=500' ${range}`;
  const lines = `jq=$(${where} --dry-run | sed -n 's/^  "filterPattern": \\(.*\\),$/\\1/p'); echo "$jq"`;
  const { stdout } = await runShell(lines);
  expect(JSON.parse(stdout)).toBe('{ $.level = "error" && $.status >= 500 }');
  const { stdout: counts } = await runShell(
    `${where} | cwlogs pattern '' --count; ${where} | cwlogs pattern --from-json '${JSON.parse(stdout)}' --count`,
  );
  const [all, found] = counts.trim().split('\n').map(Number);
  expect(all).toBeGreaterThan(10);
  expect(found).toBe(all);
});

test('a reader that leaves ends it quietly, though stdin has no end', async () => {
  const { stdout, exitCode, stderr } = await runShell(`(yes x || true) | cwlogs pattern x | head -n 1`);
  expect({ stdout, stderr }).toEqual({ stdout: 'x\n', stderr: '' });
  expect(exitCode).toBe(0);
});

test('a large file goes through a pipe whole', async () => {
  const { stdout } = await runShell(`seq 1 300000 | cwlogs pattern 7 | wc -l; seq 1 300000 | grep -c 7`);
  const [lines, expected] = stdout.trim().split(/\s+/);
  expect(lines).toBe(expected);
});

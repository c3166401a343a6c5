// Drives the commands through hostile services: npm run soak -- --minutes 10, or one service again: --seed 7
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? (values.seed === undefined ? 10 : 0));
if (!(minutes >= 0)) throw new Error(`--minutes ${values.minutes} is not a number of minutes; try --minutes 10`);
if (values.seed !== undefined && !/^\d+$/.test(values.seed)) {
  throw new Error(`--seed ${values.seed} is not a whole number; try --seed 7`);
}
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', 'test/hostile/hostile'];
const env = { ...process.env, CWLOGS_SOAK_MINUTES: String(minutes), CWLOGS_SOAK_SEED: values.seed ?? '' };
const { status } = spawnSync(process.execPath, vitest, { stdio: 'inherit', env });
process.exitCode = status ?? 1;

// Builds on `npm ci` and on an install from git. Where dev dependencies are absent (`npm ci --omit=dev`) there is no
// compiler: an install must not fail for that.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('node_modules/typescript')) {
  const build = spawnSync('npm', ['run', 'build', '--silent'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  process.exitCode = build.status ?? 1;
}

import { execFile } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const bin = fileURLToPath(new URL('../bin/cwlogs.cjs', import.meta.url));
const recorder = fileURLToPath(new URL('loaded-files.cjs', import.meta.url));

/** Which chunks in a folder the help loads, which the plan of a fetch, and which a fetch from the local endpoint. */
export async function loadedChunks(folder) {
  const { startEndpoint } = await import('../dist/server/endpoint.js');
  const endpoint = await startEndpoint();
  try {
    endpoint.store.createGroup('/api');
    endpoint.store.seedEvents('/api', 'web/1', [{ timestamp: Date.now() - 60_000, message: 'hello' }]);
    const env = {
      // Neither the settings of who builds nor a cache of theirs.
      HOME: resolve(folder),
      USERPROFILE: resolve(folder),
      SystemRoot: process.env.SystemRoot,
      NODE_DISABLE_COMPILE_CACHE: '1',
      TZ: 'UTC',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'build',
      AWS_SECRET_ACCESS_KEY: 'build',
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint.url,
    };
    const loadedBy = async (...args) => {
      const words = ['--require', recorder, bin, ...args];
      const { stderr } = await promisify(execFile)(process.execPath, words, { env, timeout: 60_000 });
      const paths = stderr.split('\n').filter((line) => line.startsWith('loaded '));
      return paths.map((line) => basename(line.slice('loaded '.length))).sort();
    };
    return {
      help: await loadedBy('--help'),
      plan: await loadedBy('fetch', '/api', '--start', '1h', '--dry-run'),
      fetch: await loadedBy('fetch', '/api', '--start', '1h'),
    };
  } finally {
    await endpoint.close();
  }
}

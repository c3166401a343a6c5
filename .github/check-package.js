// Packs the built project as it would be published, says how large that is, looks for mistakes in its package.json and
// types, and then does what a user does: installs it into an empty folder and runs it there.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const windows = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'cwlogs-package-'));
try {
  const tarball = pack();
  const bytes = readFileSync(tarball);
  const mistakes = [...(await packagingMistakes(bytes)), ...(await typeMistakes(bytes))];
  for (const mistake of mistakes) console.error(mistake);
  if (mistakes.length > 0) process.exitCode = 1;
  await tryInstalled(tarball);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Packs what is built, without building it again. */
function pack() {
  const [made] = JSON.parse(npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], '.'));
  const [packed, unpacked] = [made.size, made.unpackedSize].map((size) => `${Math.round(size / 1000)} kB`);
  console.log(`${made.filename}: ${made.entryCount} files, ${packed}, unpacked ${unpacked}`);
  return join(folder, made.filename);
}

async function packagingMistakes(bytes) {
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => `publint: ${message.type}: ${formatMessage(message, pkg)}`);
}

/** What is wrong with the types for those who import; `require` and resolution as before `exports` are not offered. */
async function typeMistakes(bytes) {
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(bytes));
  if (types === false) return ['attw: the package holds no types'];
  const ignored = ['node10', 'node16-cjs'];
  return problems
    .filter(({ resolutionKind }) => !ignored.includes(resolutionKind))
    .map((problem) => `attw: ${JSON.stringify(problem)}`);
}

/** Installs the package where nothing else is, and fetches with it from its own local endpoint. */
async function tryInstalled(tarball) {
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  npm(['install', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline', tarball], project);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const installed = npm(['exec', '--no', '--', 'cwlogs', '--version'], project).trim();
  if (installed !== version) throw new Error(`cwlogs --version of the package said ${installed}, not ${version}`);

  const bin = join(project, 'node_modules/cwlogs/bin/cwlogs.cjs');
  const server = spawn(process.execPath, [bin, 'serve', '--demo'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(server, 'close');
  try {
    const [exported] = await once(createInterface(server.stdout), 'line', { signal: AbortSignal.timeout(60_000) });
    const endpoint = exported.replace(/^.*=/, '');
    const env = { ...process.env, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
    const args = ['fetch', '/demo/api', '--start', '1h', '--limit', '3', '--endpoint-url', endpoint];
    const lines = execFileSync(process.execPath, [bin, ...args, '--region', 'us-east-1'], { env, encoding: 'utf8' });
    if (!/^(\{.+\}\n){3}$/.test(lines)) throw new Error(`cwlogs fetch of the package printed ${JSON.stringify(lines)}`);
    console.log(`installed from the package, cwlogs ${version} fetches`);
  } finally {
    server.kill('SIGINT');
    await closed;
  }
}

function npm(args, cwd) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  // npm is a batch file on Windows, and started by its shell.
  return execFileSync(windows ? 'npm.cmd' : 'npm', args, { cwd, stdio, encoding: 'utf8', shell: windows });
}

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startEndpoint } from '../../src/server/endpoint.js';
import { cleanEnvironment, type Finished, finished } from '../support/bin.js';
import { endpointEnv } from '../support/endpoint-env.js';
import { readmeExamples } from '../support/readme.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';
/** A project that has this package installed, as it would be published, and what that wants beside it. */
const project = realpathSync(mkdtempSync(join(tmpdir(), 'cwlogs-consumer-')));
const installed = join(project, 'node_modules', 'cwlogs');
let packed: readonly string[] = [];

beforeAll(() => {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', project];
  const npm = execFileSync(windows ? 'npm.cmd' : 'npm', args, { cwd: root, encoding: 'utf8', shell: windows });
  const [tarball] = JSON.parse(npm) as readonly { readonly filename: string; readonly files: { path: string }[] }[];
  packed = tarball?.files.map(({ path }) => path) ?? [];
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(project, tarball?.filename ?? ''), '--strip-components=1', '-C', installed]);

  const { dependencies, peerDependencies } = readManifest(installed);
  for (const name of [...Object.keys(dependencies), ...Object.keys(peerDependencies), '@types/node']) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'junction');
  }
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe('who installs the package', () => {
  test('compiles the examples of the README strictly, the declarations of all packages included', async () => {
    const examples = [...readmeExamples('ts'), ...readmeExamples('js')];
    expect(examples.length).toBeGreaterThan(3);
    for (const [at, text] of examples.entries()) writeFileSync(join(project, `example-${at}.ts`), text);
    const compilerOptions = {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      skipLibCheck: false,
      types: ['node'],
    };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['example-*.ts'] }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    expect(await runNode([compiler, '-p', project])).toMatchObject({ stdout: '', exitCode: 0 });
  });

  test('reads events by the compiled example of the library', async () => {
    const endpoint = await startEndpoint();
    onTestFinished(() => endpoint.close());
    const timestamp = Date.now() - 60_000;
    endpoint.store.createGroup('/prod/api');
    endpoint.store.seedEvents('/prod/api', 'web', [{ timestamp, message: 'order taken' }]);
    const done = await runNode([join(project, 'example-0.js')], endpointEnv(endpoint));
    expect(done).toMatchObject({ stdout: `${timestamp} order taken\n`, stderr: '', exitCode: 0 });
  });

  test('imports the transports', async () => {
    const text = `
      import pino from 'cwlogs/pino';
      import { CloudWatchTransport } from 'cwlogs/winston';
      console.log(typeof pino, typeof CloudWatchTransport);
    `;
    writeFileSync(join(project, 'transports.mjs'), text);
    const done = await runNode([join(project, 'transports.mjs')]);
    expect(done).toMatchObject({ stdout: 'function function\n', stderr: '', exitCode: 0 });
  });
});

describe('the package holds', () => {
  test('no tests, and no maps of sources that are not there', () => {
    expect(packed).toContain('dist/index.js');
    expect(packed.filter((path) => /test|\.map$|(?<!\.d)\.ts$/.test(path))).toEqual([]);
    expect(packed.filter((path) => readFileSync(join(installed, path), 'utf8').includes('//# sourceMapping'))).toEqual(
      [],
    );
  });

  test('of what the compiler made, all that the library reaches, and no folder besides', () => {
    const library = packed.filter((path) => /^dist\/(?!cli\/).*\.(js|ts)$/.test(path));
    const reached = reachedFrom(['index', 'handlers/pino', 'handlers/winston'].map((name) => `dist/${name}`));
    expect(reached.filter((path) => !library.includes(path))).toEqual([]);
    const parts = (paths: readonly string[]) => new Set(paths.map((path) => path.split(/[./]/)[1]));
    expect(parts(library)).toEqual(parts(reached));
  });

  test('each package that is bundled into the command line, by name, with its licence', async () => {
    const bundled = await bundledPackages();
    expect(bundled.length).toBeGreaterThan(20);
    const [, ...parts] = readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8').split(
      `\n${'-'.repeat(80)}\n\n`,
    );
    const heading = /^\S+ \S+ \([\w.-]+\)$/;
    const noticed = parts.flatMap((part) => part.split('\n\n', 1)[0]?.split('\n') ?? []);
    expect(noticed.filter((line) => !heading.test(line))).toEqual([]);
    expect(noticed.sort()).toEqual(bundled);
    for (const part of parts)
      expect(part).toMatch(/Permission is hereby granted|Apache License|Mozilla Public License/);
  });
});

function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
  // The SDK's own notice about Node 20.
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const options = { cwd: project, env: cleanEnvironment({ ...quiet, ...env }) };
  return finished(spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** The files that modules import, one from the other, as JavaScript and as declarations; paths without an ending. */
function reachedFrom(modules: readonly string[]): string[] {
  const reached = new Set(modules.flatMap((path) => [`${path}.js`, `${path}.d.ts`]));
  for (const path of reached) {
    const ending = path.endsWith('.js') ? '.js' : '.d.ts';
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)\.js'/g))
      reached.add(`${posix.join(posix.dirname(path), specifier)}${ending}`);
  }
  return [...reached];
}

/** What of `node_modules` the bundler takes into the command line, as `name version (licence)`. */
async function bundledPackages(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['dist/main.js'],
    outdir: 'unwritten',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const used = inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  const folders = used.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? []);
  const lines = [...new Set(folders)].map((folder) => {
    const { name, version, license } = readManifest(join(root, folder));
    return `${name} ${version} (${license})`;
  });
  return lines.sort();
}

// Bundles the command line into CommonJS chunks: what a run does not use is not even compiled, and starting takes a part
// of what its many modules would. The library stays as the compiler wrote it, with its dependencies beside it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { build, transform } from 'esbuild';
import { renderNotices } from './notices.js';

const folder = 'dist/cli';
const target = { platform: 'node', target: 'node20.19', keepNames: true, logLevel: 'warning' };

// esbuild splits ECMAScript modules only: each chunk is made CommonJS afterwards, which Node starts faster.
const { outputFiles, metafile } = await build({
  ...target,
  entryPoints: { main: 'dist/main.js' },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  mainFields: ['module', 'main'],
  metafile: true,
  write: false,
});

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/package.json`, '{ "type": "commonjs" }\n');
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, {
    ...target,
    minify: true,
    format: 'cjs',
    // A dynamic import becomes a call of require: nothing is left to resolve asynchronously when the program runs.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
  });
  await writeFile(`${folder}/${basename(path)}`, code);
}

await writeFile('dist/THIRD-PARTY-NOTICES.txt', await renderNotices(metafile));

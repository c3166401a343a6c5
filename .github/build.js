// Bundles the command line into CommonJS chunks: what a run does not use is not even compiled, and starting takes a part
// of what its many modules would. The library stays as the compiler wrote it, with its dependencies beside it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { build, transform } from 'esbuild';
import { renderNotices } from './notices.js';

const folder = 'dist/cli';
const target = { platform: 'node', target: 'node20.19', logLevel: 'warning' };

// esbuild splits ECMAScript modules only: each chunk is made CommonJS afterwards, which Node starts faster.
const { outputFiles, metafile } = await build({
  ...target,
  keepNames: true,
  // What is an entry of its own is a chunk of its own: few runs go through a proxy.
  entryPoints: { main: 'dist/main.js', proxy: 'https-proxy-agent' },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  mainFields: ['module', 'main'],
  metafile: true,
  write: false,
});

const banner = "const bundleUrl = require('node:url').pathToFileURL(__filename).href;";

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/package.json`, '{ "type": "commonjs" }\n');
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, {
    ...target,
    format: 'cjs',
    // A dynamic import becomes a call of require: nothing is left to resolve asynchronously when the program runs.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    ...(text.includes('import.meta.url') ? { banner } : {}),
  });
  const minified = await transform(lazily(code), { ...target, minify: true });
  await writeFile(`${folder}/${basename(path)}`, minified.code);
}

await writeFile('dist/THIRD-PARTY-NOTICES.txt', await renderNotices(metafile));

/** Makes a chunk load what it imports when it first uses something of it, rather than when it is loaded itself. */
function lazily(code) {
  const eager = /^var (import_\w+) = require\("([^"]+)"\);$/gm;
  return code.replace(eager, (_, name, path) => {
    const members = new Set([...code.matchAll(new RegExp(`\\b${name}\\.([\\w$]+)`, 'g'))].map(([, member]) => member));
    // Any member takes the place of all of them: from then on they cost nothing more.
    const getters = [...members].map(
      (member) => `get ${member}() { return (${name} = require('${path}')).${member}; }`,
    );
    return `var ${name} = { ${getters.join(', ')} };`;
  });
}

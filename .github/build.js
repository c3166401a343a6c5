// Bundles the command line into CommonJS chunks: what a run does not use is not even compiled, and starting takes a part
// of what its many modules would. The library stays as the compiler wrote it, with its dependencies beside it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { build, transform } from 'esbuild';
import { loadedChunks } from './loaded-chunks.js';
import { renderNotices } from './notices.js';
import { packed } from './packs.js';

const folder = 'dist/cli';
const target = { platform: 'node', target: 'node20.19', logLevel: 'warning' };

// esbuild splits ECMAScript modules only: each chunk is made CommonJS afterwards, which Node starts faster.
const { outputFiles, metafile } = await build({
  ...target,
  keepNames: true,
  minify: true,
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
const commands = Object.keys(metafile.outputs).filter(
  (path) => dirname(metafile.outputs[path].entryPoint ?? '') === 'dist/commands',
);
const chunks = new Map();
for (const { path, text } of outputFiles) chunks.set(basename(path), await toCommonJs(text));

await write(chunks);
// Three files are found and read sooner than sixty: what every run loads, what a fetch loads before its first request,
// and from there to its first line. Which that is, runs of them show. What is a command's own stays apart.
const { help, plan, fetch } = await loadedChunks(folder);
const isOwn = (name) => name === 'main.js' || commands.includes(`${folder}/${name}`);
const packs = {
  start: help,
  reading: plan.filter((name) => !help.includes(name)),
  service: fetch.filter((name) => !plan.includes(name)),
};
for (const [pack, names] of Object.entries(packs)) packs[pack] = names.filter((name) => !isOwn(name));
await write(packed(chunks, packs));

await writeFile('dist/THIRD-PARTY-NOTICES.txt', await renderNotices(metafile));

/** Makes a chunk CommonJS, and small. */
async function toCommonJs(text) {
  const { code } = await transform(text, {
    ...target,
    format: 'cjs',
    // A dynamic import becomes a call of require: nothing is left to resolve asynchronously when the program runs.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    ...(text.includes('import.meta.url')
      ? { banner: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" }
      : {}),
  });
  return (await transform(lazily(code), { ...target, format: 'cjs', minify: true })).code;
}

/** Makes a chunk load what it imports when it first uses something of it, rather than when it is loaded itself. */
function lazily(code) {
  const eager = /^var (import_\w+) = require\("([^"]+)"\);$/gm;
  return code.replace(eager, (_, name, path) => {
    const members = new Set([...code.matchAll(new RegExp(`\\b${name}\\.([\\w$]+)`, 'g'))].map(([, member]) => member));
    // Any member takes the place of all of them: from then on they cost nothing more.
    const getters = [...members].map(
      (member) => `get ${member}() { return (${name} = require("${path}")).${member}; }`,
    );
    return `var ${name} = { ${getters.join(', ')} };`;
  });
}

async function write(codes) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/package.json`, '{ "type": "commonjs" }\n');
  for (const [name, code] of codes) await writeFile(`${folder}/${name}`, code);
}

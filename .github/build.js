// Bundles the command line into CommonJS chunks: what a run does not use is not even compiled, and starting takes a part
// of what its many modules would. The library stays as the compiler wrote it, with its dependencies beside it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { build, transform } from 'esbuild';
import { loadedChunks } from './loaded-chunks.js';
import { renderNotices } from './notices.js';

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

const packStart = `
  const parts = {};
  const loaded = {};
  const load = (name) => {
    if (loaded[name] === undefined) {
      loaded[name] = { exports: {} };
      parts[name](loaded[name], loaded[name].exports);
    }
    return loaded[name].exports;
  };
  module.exports = { load };
`;

await write(chunks);
// Two files are found and read sooner than sixty: what a fetch loads before its first request, and from there to its
// first line. Which that is, a fetch shows. What is a command's own stays apart.
const { help, plan, fetch } = await loadedChunks(folder);
const isShared = (name) => !commands.includes(`${folder}/${name}`);
await write(
  packed(chunks, {
    reading: plan.filter((name) => !help.includes(name) && isShared(name)),
    service: fetch.filter((name) => !plan.includes(name) && isShared(name)),
  }),
);

await writeFile('dist/THIRD-PARTY-NOTICES.txt', await renderNotices(metafile));

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
  return lazily(code);
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

/** Chunks with some of them packed: each is a function then, in the file of its pack, that runs when first asked for. */
function packed(chunks, packs) {
  const files = new Map([...chunks.keys()].map((name) => [name, name]));
  for (const [pack, names] of Object.entries(packs)) for (const name of names) files.set(name, `${pack}.js`);

  const codes = new Map();
  for (const [name, code] of chunks) {
    const file = files.get(name);
    const linked = code.replace(/\brequire\("\.\/([^"]+)"\)/g, (call, required) => {
      const place = files.get(required);
      if (place === required) return call;
      return place === file ? `load("${required}")` : `require("./${place}").load("${required}")`;
    });
    if (file === name) codes.set(name, linked);
    else
      codes.set(file, `${codes.get(file) ?? packStart}parts["${name}"] = function (module, exports) {\n${linked}};\n`);
  }
  return codes;
}

async function write(codes) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/package.json`, '{ "type": "commonjs" }\n');
  for (const [name, code] of codes) {
    const minified = await transform(code, { ...target, format: 'cjs', minify: true });
    await writeFile(`${folder}/${name}`, minified.code);
  }
}

const packStart = `"use strict";
const parts = {}, loaded = {};
const load = (name) => {
  if (loaded[name] === undefined) {
    loaded[name] = { exports: {} };
    parts[name](loaded[name], loaded[name].exports);
  }
  return loaded[name].exports;
};
module.exports = { load };
`;

/** Chunks with some of them packed: each is a function then, in the file of its pack, that runs when first asked for. */
export function packed(chunks, packs) {
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
    codes.set(file, file === name ? linked : `${codes.get(file) ?? packStart}${renderPart(name, linked)}`);
  }
  return codes;
}

/** In brackets a function is compiled, and kept compiled, with the file; else only when it runs. */
function renderPart(name, code) {
  return `parts["${name}"] = (function (module, exports) {\n${code}});\n`;
}

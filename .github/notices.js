import { readdir, readFile } from 'node:fs/promises';

/** Writes the licences of the packages that a bundle of esbuild holds, each text once, after the packages it is for. */
export async function renderNotices({ outputs }) {
  const folders = new Set(
    Object.values(outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .flatMap(([path]) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const packages = await Promise.all([...folders].sort().map(readPackage));
  const names = new Map();
  for (const bundled of packages) {
    const text = bundled.text ?? (await likelyText(bundled, packages));
    names.set(text, [...(names.get(text) ?? []), `${bundled.name} ${bundled.version} (${bundled.license})`]);
  }
  const parts = [...names].map(([text, held]) => `${held.join('\n')}\n\n${text}\n`);
  return ['dist/cli holds parts of these packages.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

async function readPackage(folder) {
  const { name, version, license, author, repository } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  const text = files.length === 0 ? undefined : texts.map((each) => each.trim()).join('\n\n');
  return { name, version, license, author: author?.name ?? author, repository: repository?.url ?? repository, text };
}

/** A package without a licence file has that of its neighbours in the repository, or the MIT licence, which is ours. */
async function likelyText({ name, license, author, repository }, packages) {
  const neighbours = repository === undefined ? [] : packages.filter((other) => other.repository === repository);
  const neighbour = neighbours.find((other) => other.text !== undefined && other.license === license);
  if (neighbour !== undefined) return neighbour.text;
  if (license !== 'MIT' || author === undefined) throw new Error(`${name} holds no licence text`);
  return (await readFile('LICENSE', 'utf8')).replace(/^Copyright.*$/m, `Copyright (c) ${author}`).trim();
}

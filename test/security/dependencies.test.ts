import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

test('every package that is installed is pinned to its bytes', () => {
  expect(packages.length).toBeGreaterThan(100);
  const loose = packages.filter(
    ([, { version, integrity }]) => version === undefined || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('no package runs a script of its own when it is installed, but those that are known', () => {
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly allowScripts: object };
  const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const known = [...Object.keys(allowScripts), 'fsevents'].map((name) => `node_modules/${name}`);
  expect(scripted.map(([path]) => path).filter((path) => !known.includes(path))).toEqual([]);
});

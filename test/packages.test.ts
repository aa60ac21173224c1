import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';

/** The parts of package.json and package-lock.json that the rules look at. */
type Wanted = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
};
type Locked = Wanted & {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
};
type Lock = { readonly lockfileVersion: number; readonly packages: Readonly<Record<string, Locked>> };

/** An exact version, also one of a package under another name: `npm:name@1.2.3`. */
const exact = /^(?:npm:(?:@[\w-]+\/)?[\w.-]+@)?(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/;

describe('the packages that Handshake stands on', () => {
  const wanted: Wanted = JSON.parse(readFileSync('package.json', 'utf8'));
  const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

  it('are named by exact versions', () => {
    assert.deepEqual(findLooseVersions(wanted), []);
  });

  it('are locked to what package.json says', () => {
    assert.deepEqual(findDrift(wanted, lock), []);
  });

  it('carry a checksum and no address, so that every registry gives the same bytes', () => {
    assert.deepEqual(findAddresses(lock), []);
  });
});

describe('the program without development packages', () => {
  const { dependencies = {} }: Wanted = JSON.parse(readFileSync('package.json', 'utf8'));

  it('has everything that it imports', () => {
    const missing = globSync('src/**/*.ts').flatMap((file) =>
      importedPackages(readFileSync(file, 'utf8'))
        .filter((name) => !(name in dependencies))
        .map((name) => `${file}: ${name}`),
    );
    assert.deepEqual(missing, []);
  });

  it('is told apart from types, from Node itself and from files of ours', () => {
    const source = `
      import type { A } from 'types-only';
      import { readFile } from 'node:fs/promises';
      import { type B, c } from './own.ts';
      import {
        d,
      } from '@scope/name/part';
      import e from "plain/part";
      export { f } from 're-exported';
      const g = await import('lazy');
      import 'effect';`;
    const names = ['@scope/name', 'plain', 're-exported', 'lazy', 'effect'];
    assert.deepEqual(importedPackages(source).toSorted(), names.toSorted());
  });
});

describe('a careless change of packages', () => {
  const wanted: Wanted = { dependencies: { a: '1.0.0' }, overrides: { b: '2.0.0' } };
  const lock: Lock = {
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-AA==' },
      'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-BB==' },
    },
  };

  it('is nothing of the following', () => {
    const found = [...findLooseVersions(wanted), ...findDrift(wanted, lock), ...findAddresses(lock)];
    assert.deepEqual(found, []);
  });

  for (const version of [
    '^1.0.0',
    '~1.0.0',
    '1',
    '1.x',
    '*',
    'latest',
    'github:a/a',
    '>=1.0.0',
    'npm:b@^1.0.0',
    '',
  ]) {
    it(`is a version such as "${version}"`, () => {
      assert.deepEqual(findLooseVersions({ devDependencies: { a: version } }), [`a: "${version}"`]);
      assert.deepEqual(findLooseVersions({ overrides: { a: version } }), [`a: "${version}"`]);
    });
  }

  it('is not a package under another name, if that is exact', () => {
    const aliased = { dependencies: { a: 'npm:@scope/b@1.0.0' } };
    const packages = {
      '': aliased,
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-AA==' },
    };
    assert.deepEqual(findLooseVersions(aliased), []);
    assert.deepEqual(findDrift(aliased, { ...lock, packages }), []);
  });

  it('is a package that only package.json knows', () => {
    const more = { ...wanted, dependencies: { ...wanted.dependencies, c: '1.0.0' } };
    assert.deepEqual(findDrift(more, lock), ['c: wanted 1.0.0, locked undefined, installed undefined']);
  });

  it('is a package that only the lock file knows', () => {
    const less = { ...wanted, dependencies: {} };
    assert.deepEqual(findDrift(less, lock), ['a: wanted undefined, locked 1.0.0, installed 1.0.0']);
  });

  it('is a package that is locked to another version', () => {
    const other = { ...lock.packages, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-AA==' } };
    const drift = findDrift(wanted, { ...lock, packages: other });
    assert.deepEqual(drift, ['a: wanted 1.0.0, locked 1.0.0, installed 1.0.1']);
  });

  it('is an override that the lock file does not follow', () => {
    const drift = findDrift({ ...wanted, overrides: { b: '2.0.1' } }, lock);
    assert.deepEqual(drift, ['node_modules/a/node_modules/b: overridden to 2.0.1, installed 2.0.0']);
  });

  it('is a lock file that names a registry', () => {
    const resolved = 'https://registry.example/a/-/a-1.0.0.tgz';
    const packages = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-AA==', resolved } };
    assert.deepEqual(findAddresses({ ...lock, packages }), [`node_modules/a: names ${resolved}`]);
  });

  it('is a package without a checksum', () => {
    const packages = { 'node_modules/a': { version: '1.0.0' } };
    assert.deepEqual(findAddresses({ ...lock, packages }), ['node_modules/a: has no integrity']);
  });
});

function findLooseVersions(wanted: Wanted): readonly string[] {
  const all = [wanted.dependencies, wanted.devDependencies, wanted.overrides];
  return all
    .flatMap((group) => Object.entries(group ?? {}))
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => `${name}: "${version}"`);
}

function findDrift(wanted: Wanted, lock: Lock): readonly string[] {
  const here = { ...wanted.dependencies, ...wanted.devDependencies };
  const there = { ...lock.packages['']?.dependencies, ...lock.packages['']?.devDependencies };
  const drift = [...new Set([...Object.keys(here), ...Object.keys(there)])].flatMap((name) => {
    const installed = lock.packages[`node_modules/${name}`]?.version;
    if (here[name] === there[name] && exact.exec(here[name] ?? '')?.[1] === installed) return [];
    return [`${name}: wanted ${here[name]}, locked ${there[name]}, installed ${installed}`];
  });
  return [...drift, ...findIgnoredOverrides(wanted, lock)];
}

function findIgnoredOverrides(wanted: Wanted, lock: Lock): readonly string[] {
  return Object.entries(wanted.overrides ?? {}).flatMap(([name, version]) =>
    Object.entries(lock.packages)
      .filter(([path, locked]) => path.endsWith(`node_modules/${name}`) && locked.version !== version)
      .map(([path, locked]) => `${path}: overridden to ${version}, installed ${locked.version}`),
  );
}

function findAddresses(lock: Lock): readonly string[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, { resolved, integrity }]) => [
      ...(resolved === undefined ? [] : [`${path}: names ${resolved}`]),
      ...(integrity === undefined ? [`${path}: has no integrity`] : []),
    ]);
}

/** Packages that a source file needs when it runs; types are erased before that. */
function importedPackages(source: string): readonly string[] {
  const fixed = /^\s*(?:import|export)\s+(?!type\s)(?:[\w$*{},\s]+\sfrom\s+)?['"]([^'"]+)['"]/gm;
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g;
  const named = [...source.matchAll(fixed), ...source.matchAll(dynamic)].map(([, name = '']) => name);
  const foreign = named.filter((name) => !/^(\.|node:)/.test(name));
  return [...new Set(foreign.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')))];
}

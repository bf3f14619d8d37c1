import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

// Plain JavaScript, because the machine's own Node runs it; this is all that it exports.
const bootstrap: { install(root: string): void; pinnedNode(root: string): string } = await import(
  new URL('../../scripts/lib/install.mjs', import.meta.url).href
);

const LOCK = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other-os': { version: '1.0.0', optional: true },
  },
};

/** Stands in for npm: counts its runs and installs package `a` and the pinned Node unless told to fail. */
const FAKE_NPM = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
appendFileSync('npm-runs', process.argv.slice(2).join(' ') + '\\n');
if (process.env.FAKE_NPM === 'fails') process.exit(9);
const write = (file, text, mode) => { mkdirSync(dirname(file), { recursive: true }); writeFileSync(file, text, { mode }); };
write('node_modules/a/package.json', '{"version":"1.0.0"}');
if (process.env.FAKE_NPM !== 'installs half') write(process.env.FAKE_NODE, 'node', 0o755);
`;

describe('bootstrap install', () => {
  let root: string;
  const env = { npm_execpath: process.env.npm_execpath, FAKE_NPM: undefined, FAKE_NODE: undefined };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'stowage-install-'));
    writeFileSync(join(root, 'package.json'), '{"dependencies":{"a":"1.0.0"}}');
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify(LOCK));
    writeFileSync(join(root, 'npm-cli.js'), FAKE_NPM);
    process.env.npm_execpath = join(root, 'npm-cli.js');
    process.env.FAKE_NODE = bootstrap.pinnedNode(root);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
    for (const [name, value] of Object.entries(env)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  const runs = (): string[] => {
    const file = join(root, 'npm-runs');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };

  it('runs npm ci once, without install scripts', () => {
    bootstrap.install(root);
    bootstrap.install(root);
    assert.equal(runs().length, 1);
    assert.match(runs()[0] ?? '', /^ci --ignore-scripts --no-audit --no-fund/);
  });

  it('repairs a folder that lost a package or the pinned Node', () => {
    bootstrap.install(root);
    rmSync(join(root, 'node_modules', 'a'), { recursive: true });
    bootstrap.install(root);
    writeFileSync(bootstrap.pinnedNode(root), '');
    bootstrap.install(root);
    assert.equal(runs().length, 3);
  });

  it('installs again when the lockfile or the dependencies changed, not when a script did', () => {
    bootstrap.install(root);
    writeFileSync(join(root, 'package.json'), '{"scripts":{"x":"y"},"dependencies":{"a":"1.0.0"}}');
    bootstrap.install(root);
    assert.equal(runs().length, 1);
    writeFileSync(join(root, 'package.json'), '{"dependencies":{"a":"1.0.0","b":"1.0.0"}}');
    bootstrap.install(root);
    assert.equal(runs().length, 2);
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...LOCK, name: 'changed' }));
    bootstrap.install(root);
    assert.equal(runs().length, 3);
  });

  it('takes what a plain npm ci installed', () => {
    bootstrap.install(root);
    rmSync(join(root, 'node_modules', '.stowage-install'));
    const hidden = { packages: { 'node_modules/a': { version: '1.0.0' } } };
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(hidden));
    bootstrap.install(root);
    assert.equal(runs().length, 1);
  });

  it('does not take a folder of which nobody knows where it came from', () => {
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    writeFileSync(join(root, 'node_modules', 'a', 'package.json'), '{"version":"1.0.0"}');
    bootstrap.install(root);
    assert.equal(runs().length, 1);
  });

  it('says why it failed', () => {
    process.env.FAKE_NPM = 'fails';
    assert.throws(() => bootstrap.install(root), /npm ci failed \(exit 9\)/);
    process.env.FAKE_NPM = 'installs half';
    assert.throws(() => bootstrap.install(root), /packages are missing/);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '../../../src-server/config/config-error.ts';
import type { ConfigInput } from '../../../src-server/config/layers.ts';
import { type LoadedConfig, loadConfig } from '../../../src-server/config/load.ts';

interface Given {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

function load({ args = [], env = {}, files = {} }: Given): LoadedConfig {
  const input: ConfigInput = {
    args,
    env,
    cwd: '/srv',
    stderrIsTerminal: false,
    readTextFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return text;
    },
  };
  return loadConfig(input);
}

function errorOf(given: Given): string {
  try {
    load(given);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('loadConfig', () => {
  it('has the defaults of the contract', () => {
    const { config, origins } = load({ env: { XDG_DATA_HOME: '/data' } });
    assert.equal(config.dataDir, '/data/stowage');
    assert.deepEqual(config.disks, [{ name: 'main', path: '/data/stowage/disk', tier: 'hot', builtIn: true }]);
    assert.deepEqual(config.s3Address, { host: '127.0.0.1', port: 9000 });
    assert.deepEqual(config.consoleAddress, { host: '127.0.0.1', port: 9001 });
    assert.deepEqual([config.domain, config.region, config.durability], [null, 'us-east-1', 'strict']);
    assert.deepEqual([config.tls, config.logFormat, config.lifecycleDaySeconds], [{ kind: 'none' }, 'json', 86_400]);
    assert.deepEqual(config.s3, {
      allowSignatureV2: true,
      allowInsecureSseC: false,
      allowRoot: true,
      heldNameDays: 30,
      newBucketOwnership: 'BucketOwnerEnforced',
      newBucketPublicAccessBlock: true,
    });
    assert.equal(origins.get('region')?.kind, 'default');
  });

  it('is frozen through and through and crosses threads', () => {
    const { config } = load({});
    assert.ok(Object.isFrozen(config) && Object.isFrozen(config.s3Address) && Object.isFrozen(config.disks[0]));
    assert.deepEqual(structuredClone(config), config);
  });

  it('takes option before environment before file before stored before default, and says which', () => {
    const files = { '/etc/s.json': '{"region":"file-1","durability":"relaxed","domain":"file.example"}' };
    const env = { STOWAGE_CONFIG: '/etc/s.json', STOWAGE_REGION: 'env-1', STOWAGE_DURABILITY: 'balanced' };
    const loaded = load({ args: ['--region', 'opt-1'], env, files });
    const stored = loaded.withStored({ region: 'stored-1', domain: 'stored.example', s3: { allowSignatureV2: false } });
    const { config, origins } = stored;
    assert.deepEqual([config.region, config.durability, config.domain], ['opt-1', 'balanced', 'file.example']);
    assert.equal(config.s3.allowSignatureV2, false);
    const kinds = ['region', 'durability', 'domain', 's3.allowSignatureV2', 'tls.cert'].map(
      (name) => origins.get(name)?.kind,
    );
    assert.deepEqual(kinds, ['option', 'env', 'file', 'stored', 'default']);
  });

  it('never takes from the catalogue what was needed to open it', () => {
    const settings = { region: 'stored-1', dataDir: '/elsewhere', metrics: { token: 'x'.repeat(20) } };
    const { config } = load({}).withStored(settings);
    assert.notEqual(config.dataDir, '/elsewhere');
    assert.equal(config.metricsToken, null);
  });

  it('reads YAML as well as JSON, with paths meant from the file', () => {
    const files = {
      '/etc/stowage/c.yaml': 'tls:\n  cert: tls/cert.pem\n  key: /k.pem\ndisks:\n  - {name: a, path: a, tier: cold}\n',
    };
    const { config } = load({
      args: ['--config', 'c.yaml'],
      env: {},
      files: { '/srv/c.yaml': files['/etc/stowage/c.yaml'] },
    });
    assert.deepEqual(config.tls, { kind: 'files', certFile: '/srv/tls/cert.pem', keyFile: '/k.pem' });
    assert.deepEqual(config.disks, [{ name: 'a', path: '/srv/a', tier: 'cold', builtIn: false }]);
    const abroad = load({ args: ['--config=/etc/stowage/c.yaml'], files }).config;
    assert.equal(abroad.disks[0]?.path, '/etc/stowage/a');
  });

  it('takes several disks by option and by variable', () => {
    const byOption = load({ args: ['--disk', 'fast=/a,b', '--disk=slow=/c,tier=cold'] }).config.disks;
    const byVariable = load({ env: { STOWAGE_DISKS: 'fast=/a,b; slow=/c,tier=cold;' } }).config.disks;
    assert.deepEqual(byOption, [
      { name: 'fast', path: '/a,b', tier: 'hot', builtIn: false },
      { name: 'slow', path: '/c', tier: 'cold', builtIn: false },
    ]);
    assert.deepEqual(byVariable, byOption);
  });

  it('treats an empty variable as not set', () => {
    assert.equal(load({ env: { STOWAGE_DOMAIN: '', STOWAGE_CONFIG: '', STOWAGE_DISKS: '' } }).config.domain, null);
  });

  it('takes IPv6 addresses and port 0', () => {
    const { config } = load({ args: ['--s3-address', '[::1]:0', '--console-address', '0.0.0.0:0'] });
    assert.deepEqual(
      [config.s3Address, config.consoleAddress],
      [
        { host: '::1', port: 0 },
        { host: '0.0.0.0', port: 0 },
      ],
    );
  });

  const refused: readonly (readonly [string, Given, RegExp])[] = [
    ['an unknown option', { args: ['--colour', 'red'] }, /^--colour: unknown option$/],
    ['an option of JavaScript', { args: ['--__proto__=1'] }, /^--__proto__: unknown option$/],
    ['a missing value', { args: ['--region'] }, /^--region: a value is wanted$/],
    ['an empty value', { args: ['--data-dir', ''] }, /^--data-dir: a value is wanted$/],
    ['a leftover word', { args: ['now'] }, /^now: unexpected argument$/],
    ['an option given twice', { args: ['--region', 'a', '--region', 'b'] }, /^--region: given more than once$/],
    ['a bad address', { args: ['--s3-address', 'localhost'] }, /^--s3-address: HOST:PORT is wanted/],
    ['a bad port', { env: { STOWAGE_S3_ADDRESS: 'localhost:70000' } }, /^STOWAGE_S3_ADDRESS: HOST:PORT is wanted/],
    ['one address for both', { args: ['--s3-address', '127.0.0.1:9001'] }, /^--s3-address: the console has/],
    [
      'the same from the other side',
      { args: ['--console-address', '127.0.0.1:9000'] },
      /^--console-address: the S3 API has/,
    ],
    [
      'an unknown mode',
      { args: ['--durability', 'yolo'] },
      /^--durability: one of strict, balanced, relaxed is wanted$/,
    ],
    [
      'a bad switch',
      { env: { STOWAGE_TLS_SELF_SIGNED: 'maybe' } },
      /^STOWAGE_TLS_SELF_SIGNED: true or false is wanted$/,
    ],
    ['half a TLS pair', { args: ['--tls-cert', 'c.pem'] }, /^--tls-cert: needs the private key as well/],
    ['the other half', { env: { STOWAGE_TLS_KEY: 'k.pem' } }, /^STOWAGE_TLS_KEY: needs the certificate as well/],
    [
      'two kinds of TLS',
      { args: ['--tls-cert', 'c', '--tls-key', 'k', '--tls-self-signed'] },
      /^--tls-self-signed: contradicts --tls-cert$/,
    ],
    [
      'half a root key',
      { env: { STOWAGE_ROOT_ACCESS_KEY: 'ROOTKEY' } },
      /^STOWAGE_ROOT_ACCESS_KEY: needs STOWAGE_ROOT_SECRET_KEY/,
    ],
    [
      'the secret alone',
      { env: { STOWAGE_ROOT_SECRET_KEY: 'secret-secret' } },
      /^STOWAGE_ROOT_SECRET_KEY: needs STOWAGE_ROOT_ACCESS_KEY/,
    ],
    [
      'a short secret',
      { env: { STOWAGE_ROOT_ACCESS_KEY: 'ROOT', STOWAGE_ROOT_SECRET_KEY: 'short' } },
      /^STOWAGE_ROOT_SECRET_KEY: a secret is 8-128/,
    ],
    ['a disk without a path', { args: ['--disk', 'a'] }, /^--disk: NAME=PATH/],
    ['a bad disk name', { args: ['--disk', 'a/b=/x'] }, /^--disk: \[0\]\.name: a disk name is/],
    [
      'a bad tier',
      { args: ['--disk', 'a=/x,tier=lukewarm'] },
      /^--disk: \[0\]\.tier: one of hot, warm, cold is wanted$/,
    ],
    ['two disks of one name', { args: ['--disk', 'a=/x', '--disk', 'a=/y'] }, /^--disk: two disks are called a$/],
    ['a disk in a disk', { args: ['--disk', 'a=/x', '--disk', 'b=/x/y'] }, /^--disk: \/x\/y lies inside another disk$/],
    [
      'a test switch alone',
      { args: ['--lifecycle-day', '2'] },
      /^--lifecycle-day: is for tests and needs STOWAGE_DEBUG=1$/,
    ],
    ['a missing file', { args: ['--config', 'none.json'] }, /^\/srv\/none\.json: cannot be read \(ENOENT\)$/],
    ...fileCases([
      ['an unknown key', '{"colour":"red"}', /^\/srv\/c: colour: unknown key$/],
      ['an unknown nested key', '{"s3":{"allowAll":true}}', /^\/srv\/c: s3\.allowAll: unknown key$/],
      ['a prototype key', '{"__proto__":{"region":"x"}}', /^\/srv\/c: __proto__: unknown key$/],
      ['a root key in the file', '{"rootKey":{"accessKeyId":"abc"}}', /^\/srv\/c: rootKey: unknown key$/],
      ['a wrong type', '{"s3":{"allowSignatureV2":"yes"}}', /^\/srv\/c: s3\.allowSignatureV2: /],
      [
        'a wrong disk',
        '{"disks":[{"name":"a","path":"/x","teir":"hot"}]}',
        /^\/srv\/c: disks\[0\]\.teir: unknown key$/,
      ],
      ['a key given twice', '{"region":"a","region":"b"}', /^\/srv\/c: a key is given twice \(line 1, column \d+\)$/],
      ['broken text', '{"region":', /^\/srv\/c: is neither valid JSON nor YAML \(line 1, column \d+\)$/],
      ['a list', '[]', /^\/srv\/c: \(top level\): /],
    ]),
  ];
  for (const [name, given, expected] of refused) {
    it(`refuses ${name} in one line that names it`, () => {
      const message = errorOf(given);
      assert.match(message, expected);
      assert.ok(!message.includes('\n'));
    });
  }

  it('never repeats a secret', () => {
    const secret = 'do-not-show-this';
    const files = { '/srv/c': `{"metrics":{"token":"${secret}"` };
    assert.ok(!errorOf({ args: ['--config', 'c'], files }).includes(secret));
    assert.ok(!errorOf({ env: { STOWAGE_ROOT_ACCESS_KEY: '!', STOWAGE_ROOT_SECRET_KEY: secret } }).includes(secret));
  });

  it('allows the test switch with STOWAGE_DEBUG=1', () => {
    const { config } = load({ args: ['--lifecycle-day', '2.5'], env: { STOWAGE_DEBUG: '1' } });
    assert.deepEqual([config.lifecycleDaySeconds, config.debug], [2.5, true]);
  });
});

function fileCases(cases: readonly (readonly [string, string, RegExp])[]): (readonly [string, Given, RegExp])[] {
  return cases.map(
    ([name, text, expected]) => [name, { args: ['--config', 'c'], files: { '/srv/c': text } }, expected] as const,
  );
}

import { isAbsolute, join, relative } from 'node:path';
import { parseAddress } from './address.ts';
import { ConfigError } from './config-error.ts';
import type { Origin } from './origin.ts';
import { type Address, type Config, type DiskConfig, type Settings, splitList, type TlsConfig } from './schema.ts';

type Origins = ReadonlyMap<string, Origin>;

/** Checks what only several values together can tell, and freezes the result. Throws `ConfigError`. */
export function resolveConfig(settings: Settings, origins: Origins, debug: boolean): Config {
  if (settings.lifecycleDay !== DAY_SECONDS && !debug) {
    throw new ConfigError(nameOf(origins, 'lifecycleDay'), 'is for tests and needs STOWAGE_DEBUG=1');
  }
  return deepFreeze({
    dataDir: settings.dataDir,
    disks: resolveDisks(settings, origins),
    s3Address: resolveAddress(settings.s3Address),
    consoleAddress: resolveConsole(settings, origins),
    domain: settings.domain,
    region: settings.region,
    tls: resolveTls(settings.tls, origins),
    durability: settings.durability,
    provisionFile: settings.provision,
    logFormat: settings.logFormat,
    lifecycleDaySeconds: settings.lifecycleDay,
    s3: settings.s3,
    trustedProxies: splitList(settings.http.trustedProxies ?? ''),
    limits: settings.limits,
    metricsToken: settings.metrics.token,
    threads: settings.threads,
    garbageGraceSeconds: settings.garbage.graceSeconds,
    binKeepDays: settings.bin.keepDays,
    masterKeyFile: settings.masterKeyFile,
    rootKey: resolveRootKey(settings.rootKey, origins),
    debug,
  });
}

const DAY_SECONDS = 86_400;

function resolveDisks({ disks, dataDir }: Settings, origins: Origins): DiskConfig[] {
  if (disks.length === 0) return [{ name: 'main', path: join(dataDir, 'disk'), tier: 'hot', builtIn: true }];
  const repeated = disks.find((disk, index) => disks.findIndex((other) => other.name === disk.name) < index);
  if (repeated !== undefined) throw new ConfigError(nameOf(origins, 'disks'), `two disks are called ${repeated.name}`);
  const nested = disks.find((disk) => disks.some((other) => other !== disk && isInside(disk.path, other.path)));
  if (nested !== undefined) throw new ConfigError(nameOf(origins, 'disks'), `${nested.path} lies inside another disk`);
  return disks.map((disk) => ({ ...disk, builtIn: false }));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function resolveAddress(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error('the schema let a bad address pass');
  return address;
}

function resolveConsole({ s3Address, consoleAddress }: Settings, origins: Origins): Address {
  const address = resolveAddress(consoleAddress);
  if (address.port !== 0 && consoleAddress === s3Address) {
    const isOursByDefault = origins.get('consoleAddress')?.kind === 'default';
    if (isOursByDefault) throw new ConfigError(nameOf(origins, 's3Address'), 'the console has the same address');
    throw new ConfigError(nameOf(origins, 'consoleAddress'), 'the S3 API has the same address');
  }
  return address;
}

function resolveTls({ cert, key, selfSigned }: Settings['tls'], origins: Origins): TlsConfig {
  if (selfSigned && (cert !== null || key !== null)) {
    const given = cert !== null ? 'tls.cert' : 'tls.key';
    throw new ConfigError(nameOf(origins, 'tls.selfSigned'), `contradicts ${nameOf(origins, given)}`);
  }
  if (selfSigned) return { kind: 'self-signed' };
  if (cert === null && key === null) return { kind: 'none' };
  if (key === null) throw new ConfigError(nameOf(origins, 'tls.cert'), 'needs the private key as well (--tls-key)');
  if (cert === null) throw new ConfigError(nameOf(origins, 'tls.key'), 'needs the certificate as well (--tls-cert)');
  return { kind: 'files', certFile: cert, keyFile: key };
}

function resolveRootKey({ accessKeyId, secretAccessKey }: Settings['rootKey'], origins: Origins): Config['rootKey'] {
  if (accessKeyId === null && secretAccessKey === null) return null;
  if (secretAccessKey === null)
    throw new ConfigError(nameOf(origins, 'rootKey.accessKeyId'), 'needs STOWAGE_ROOT_SECRET_KEY as well');
  if (accessKeyId === null)
    throw new ConfigError(nameOf(origins, 'rootKey.secretAccessKey'), 'needs STOWAGE_ROOT_ACCESS_KEY as well');
  return { accessKeyId, secretAccessKey };
}

function nameOf(origins: Origins, leaf: string): string {
  return origins.get(leaf)?.name ?? leaf;
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}

import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { assertNever } from '../domain/assert-never.ts';
import { errnoOf } from '../platform/fs-durable.ts';
import { writePrivateFile } from '../platform/private-file.ts';
import { makeSelfSignedCertificate } from '../platform/self-signed-certificate.ts';
import { readTextFile } from '../platform/text-file.ts';
import { ConfigError } from './config-error.ts';
import type { Config } from './schema.ts';

/** A certificate chain and its private key, both PEM, known to fit each other. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

const SELF_SIGNED_CERT_FILE = 'tls-self-signed-cert.pem';
export const SELF_SIGNED_KEY_FILE = 'tls-self-signed-key.pem';

const DAY_MS = 86_400_000;
/** Longer-lived server certificates are refused by some systems. */
const SELF_SIGNED_DAYS = 820;
const RENEW_DAYS = 30;

/**
 * Reads (or makes and keeps, in the data dir) what both ports present; undefined without TLS. Called at start and at each
 * SIGHUP. Throws `ConfigError` where the files cannot be used.
 *
 * @param nameOf who gave a setting, for messages
 */
export async function loadTlsPair(
  config: Config,
  nameOf: (leaf: 'tls.cert' | 'tls.key') => string = (leaf) => leaf,
): Promise<TlsPair | undefined> {
  const { tls } = config;
  switch (tls.kind) {
    case 'none':
      return undefined;
    case 'files':
      return checkPair(
        { cert: read(tls.certFile, nameOf('tls.cert')), key: read(tls.keyFile, nameOf('tls.key')) },
        `${nameOf('tls.cert')}, ${nameOf('tls.key')}`,
      );
    case 'self-signed':
      return selfSignedPair(config);
    default:
      return assertNever(tls);
  }
}

function read(file: string, where: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    throw new ConfigError(where, `${file} cannot be read (${errnoOf(error) ?? 'unknown error'})`);
  }
}

function checkPair(pair: TlsPair, where: string): TlsPair {
  try {
    createSecureContext({ ...pair });
    return pair;
  } catch {
    // OpenSSL's own words may quote the file.
    throw new ConfigError(where, 'are no PEM certificate and the private key that belongs to it');
  }
}

async function selfSignedPair(config: Config): Promise<TlsPair> {
  const names = namesOf(config);
  const kept = keptPair(config.dataDir);
  if (kept !== undefined && isGood(kept, names)) return kept;
  const nowMs = Date.now();
  const validity = { notBeforeMs: nowMs - DAY_MS, notAfterMs: nowMs + SELF_SIGNED_DAYS * DAY_MS };
  const pair = makeSelfSignedCertificate({ commonName: 'Stowage', names, ...validity });
  await writePrivateFile(config.dataDir, SELF_SIGNED_KEY_FILE, pair.key);
  await writePrivateFile(config.dataDir, SELF_SIGNED_CERT_FILE, pair.cert);
  return pair;
}

function keptPair(dataDir: string): TlsPair | undefined {
  try {
    const cert = readTextFile(join(dataDir, SELF_SIGNED_CERT_FILE));
    const key = readTextFile(join(dataDir, SELF_SIGNED_KEY_FILE));
    return checkPair({ cert, key }, SELF_SIGNED_CERT_FILE);
  } catch {
    return undefined;
  }
}

/** Long enough to live, and for every name that clients may use now. */
function isGood({ cert }: TlsPair, names: readonly string[]): boolean {
  const certificate = new X509Certificate(cert);
  const endsMs = Date.parse(certificate.validTo);
  const fits = (name: string) =>
    (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
  return endsMs > Date.now() + RENEW_DAYS * DAY_MS && names.every((name) => name.startsWith('*.') || fits(name));
}

/** Loopback, this machine's name, the addresses it listens on, and the domain with its buckets. */
function namesOf({ s3Address, consoleAddress, domain }: Config): string[] {
  const hosts = [s3Address.host, consoleAddress.host];
  const everywhere = hosts.some((host) => host === '0.0.0.0' || host === '::');
  const interfaces = everywhere ? Object.values(networkInterfaces()).flatMap((list) => list ?? []) : [];
  const addresses = interfaces.map(({ address }) => address).filter((address) => !address.startsWith('fe80:'));
  const domains = domain === null ? [] : [domain, `*.${domain}`];
  const concrete = hosts.filter((host) => host !== '0.0.0.0' && host !== '::');
  return [
    ...new Set(['localhost', '127.0.0.1', '::1', hostname().toLowerCase(), ...concrete, ...addresses, ...domains]),
  ];
}

import { ConfigError } from '../../config/config-error.ts';
import type { Address, Config } from '../../config/schema.ts';
import { loadTlsPair } from '../../config/tls-pair.ts';
import { probeAddress } from '../../platform/probe-address.ts';

/**
 * Would a server with this configuration come up? Reads certificate and key, and listens for a moment where it would: what
 * can only be seen at the start would otherwise lock everybody out of the console. Throws ConfigError.
 */
export async function checkStart(next: Config, running: Config): Promise<void> {
  if (next.tls.kind === 'files') await loadTlsPair(next);
  await checkAddress('s3Address', next.s3Address, running);
  await checkAddress('consoleAddress', next.consoleAddress, running);
}

async function checkAddress(name: 's3Address' | 'consoleAddress', next: Address, running: Config): Promise<void> {
  const taken = [running.s3Address, running.consoleAddress];
  if (isSame(next, running[name])) return;
  // A port that is ours is free again by then.
  const port = taken.some((ours) => ours.port === next.port) ? 0 : next.port;
  const problem = await probeAddress(next.host, port);
  if (problem === undefined) return;
  throw new ConfigError(name, SENTENCES[problem] ?? `the system does not let it listen there (${problem})`);
}

const SENTENCES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'the system does not let this server use that port',
  ENOTFOUND: 'this name leads nowhere',
};

function isSame(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port;
}

import type { LeanClient } from '../lean-client.ts';
import type { Ledger } from './ledger.ts';

/**
 * Compares every key the ledger knows with what the server shows now, and the listing with both.
 * Settles pending changes on the way.
 *
 * @returns one line for each lost, changed or reappeared key; empty when all is well
 */
export async function verifyBucket(client: LeanClient, bucket: string, ledger: Ledger): Promise<string[]> {
  const complaints: string[] = [];
  const present = new Set<string>();
  for (const key of ledger.keys) {
    const answer = await client.request({ method: 'GET', path: `/${bucket}/${key}` });
    if (answer.status !== 200 && answer.status !== 404) {
      complaints.push(`${key}: GET answered ${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
      continue;
    }
    if (answer.status === 200) present.add(key);
    const complaint = ledger.settle(key, answer.status === 200 ? answer.body : undefined);
    if (complaint !== undefined) complaints.push(complaint);
  }
  const listed = await listKeys(client, bucket);
  for (const key of listed) if (!present.has(key)) complaints.push(`${key}: listed but not readable`);
  for (const key of present) if (!listed.has(key)) complaints.push(`${key}: readable but not listed`);
  return complaints;
}

async function listKeys(client: LeanClient, bucket: string): Promise<Set<string>> {
  const keys = new Set<string>();
  let token: string | undefined;
  do {
    const query = `${token === undefined ? '' : `continuation-token=${encodeURIComponent(token)}&`}list-type=2`;
    const answer = await client.request({ method: 'GET', path: `/${bucket}`, query });
    if (answer.status !== 200) throw new Error(`LIST answered ${answer.status}`);
    const xml = answer.body.toString();
    for (const match of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.add(match[1] ?? '');
    token = /<NextContinuationToken>([^<]*)</.exec(xml)?.[1];
  } while (token !== undefined);
  return keys;
}

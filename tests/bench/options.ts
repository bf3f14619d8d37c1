import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import type { Payload } from './load/s3-requests.ts';

export interface Endpoint {
  readonly url: URL;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface BenchOptions {
  readonly quick: boolean;
  /** Measured seconds of each load case. */
  readonly seconds: number;
  readonly warmupSeconds: number;
  /** Substrings of case names; empty = all. */
  readonly only: readonly string[];
  readonly json: string | undefined;
  /** Where the server under test and the disk probes keep their files. */
  readonly folder: string;
  readonly durability: string;
  readonly payload: Payload;
  /** Keys of the listing and start cases. */
  readonly keys: number;
  /** Another server to measure instead of starting ours. */
  readonly endpoint: Endpoint | undefined;
  readonly region: string;
}

export const USAGE = `npm run bench -- [options]
  --quick               small sizes and short runs
  --seconds N           measured seconds of each load case (10; quick 2)
  --only NAME           only cases whose name contains NAME (repeatable)
  --json FILE           also write the results as JSON
  --dir DIR             disk under test (the system's temporary folder)
  --durability MODE     strict, balanced or relaxed (strict)
  --payload KIND        unsigned or signed bodies (unsigned)
  --keys N              keys of the LIST and start cases (1000000; quick 20000)
  --endpoint URL --access-key ID --secret-key SECRET [--region NAME]
                        the same load against any other S3 server over http
  --list                names of all cases
  --help                this text`;

/** Thrown with a line for the user; the bench exits 2. */
export class UsageError extends Error {}

/** Parses the command line. Throws UsageError. `list` asks for the names only. */
export function parseOptions(
  args: readonly string[],
): BenchOptions & { readonly list: boolean; readonly help: boolean } {
  const values = parse(args);
  const quick = values.quick ?? false;
  const payload = values.payload ?? 'unsigned';
  if (payload !== 'unsigned' && payload !== 'signed') throw new UsageError('--payload must be unsigned or signed');
  const keys = positive('--keys', values.keys, quick ? 20_000 : 1_000_000);
  if (keys < 2_000) throw new UsageError('--keys must be at least 2000: a page holds 1,000');
  return {
    help: values.help ?? false,
    list: values.list ?? false,
    quick,
    seconds: positive('--seconds', values.seconds, quick ? 2 : 10),
    warmupSeconds: quick ? 0.5 : 2,
    only: values.only ?? [],
    json: values.json,
    folder: values.dir ?? tmpdir(),
    durability: values.durability ?? 'strict',
    payload,
    keys,
    endpoint: parseEndpoint(values.endpoint, values['access-key'], values['secret-key']),
    region: values.region ?? 'us-east-1',
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        help: { type: 'boolean' },
        list: { type: 'boolean' },
        seconds: { type: 'string' },
        only: { type: 'string', multiple: true },
        json: { type: 'string' },
        dir: { type: 'string' },
        durability: { type: 'string' },
        payload: { type: 'string' },
        keys: { type: 'string' },
        endpoint: { type: 'string' },
        'access-key': { type: 'string' },
        'secret-key': { type: 'string' },
        region: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function positive(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`${name} must be a number above 0`);
  return value;
}

function parseEndpoint(url: string | undefined, key: string | undefined, secret: string | undefined) {
  if (url === undefined && key === undefined && secret === undefined) return undefined;
  if (url === undefined || key === undefined || secret === undefined) {
    throw new UsageError('--endpoint, --access-key and --secret-key belong together');
  }
  if (!URL.canParse(url) || new URL(url).protocol !== 'http:') throw new UsageError('--endpoint must be an http URL');
  return { url: new URL(url), accessKeyId: key, secretAccessKey: secret };
}

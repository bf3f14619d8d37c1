import { postZipLink } from '../../../../src-server/contract/zips.ts';
import { call } from '../../../lib/api.ts';
import { saveFrom } from '../../../lib/save-from.ts';

/** What is to be put into one archive: `keys` and `prefixes` begin with `base`, the folder that is looked at. */
export interface ZipChoice {
  readonly base: string;
  readonly keys: readonly string[];
  /** Folders, with `/` at their end; `''` is the whole bucket. */
  readonly prefixes: readonly string[];
  /** The versions that were the newest then. */
  readonly atMs?: number;
}

/** Has the browser save the choice as one archive, by a link that can be resumed. Answers how many names it had to change. Throws `ApiError`. */
export async function downloadZip(bucket: string, { base, keys, prefixes, atMs }: ZipChoice): Promise<number> {
  const body = { base, keys: [...keys], prefixes: [...prefixes], ...(atMs === undefined ? {} : { atMs }) };
  const { url, renamed } = await call(postZipLink, { params: { bucket }, body });
  saveFrom(url);
  return renamed;
}

import { postContentLink } from '../../../../src-server/contract/content.ts';
import { call } from '../../../lib/api.ts';
import { saveFrom } from '../../../lib/save-from.ts';

/**
 * Has the browser save the file, by a link of its own that needs no session; an older version where one is named. Throws
 * `ApiError`.
 */
export async function download(bucket: string, key: string, versionId?: string): Promise<void> {
  const { url } = await call(postContentLink, { params: { bucket }, body: { key, versionId, download: true } });
  saveFrom(url);
}

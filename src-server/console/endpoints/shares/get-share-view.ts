import { getShareView, shareFileQuerySchema } from '../../../contract/share-page.ts';
import { getSharedFile } from '../../../services/shares/share-files.ts';
import { shownTypeOf } from '../../content-headers.ts';
import { deadPage } from '../../share-page/notice-pages.ts';
import { answerSharedFile } from '../../share-page/send-shared-file.ts';
import { shareEndpoint } from '../../share-page/share-endpoint.ts';

export const getShareViewEndpoint = shareEndpoint(getShareView, async (visit) => {
  const { context, request, texts, open } = visit;
  // Looking would be a way around the limit.
  if (!visit.isUnlocked || open.share.download_limit !== null) return deadPage(texts);
  const { path } = shareFileQuerySchema.parse(request.query);
  const found = await getSharedFile(context, open, path, request.wanted);
  const type = shownTypeOf(found.object.contentType);
  if (type === undefined || !/^(image|video|audio)\//.test(type)) return deadPage(texts);
  return answerSharedFile(found, false);
});

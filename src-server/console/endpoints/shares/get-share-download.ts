import { getShareDownload, shareFileQuerySchema } from '../../../contract/share-page.ts';
import { startDownload } from '../../../services/shares/share-download.ts';
import { getSharedFile, headSharedFile } from '../../../services/shares/share-files.ts';
import { nameOfKey } from '../../../services/shares/share-items.ts';
import { newShareToken } from '../../../services/shares/share-token.ts';
import { MinuteCounter } from '../../share-page/minute-counter.ts';
import { busyPage, deadPage } from '../../share-page/notice-pages.ts';
import { answerRedirect } from '../../share-page/page.ts';
import { answerSharedFile } from '../../share-page/send-shared-file.ts';
import { shareEndpoint } from '../../share-page/share-endpoint.ts';
import { addressOf } from '../../share-page/share-views.ts';

/** Each is a durable write. */
const DOWNLOADS_A_MINUTE = 600;
const started = new MinuteCounter(DOWNLOADS_A_MINUTE);

export const getShareDownloadEndpoint = shareEndpoint(getShareDownload, async (visit) => {
  const { context, request, texts, token, open, visitor } = visit;
  if (!visit.isUnlocked) return answerRedirect(addressOf(token, ''));
  const { path } = shareFileQuerySchema.parse(request.query);
  if (request.http.isHead) {
    return answerSharedFile(await getSharedFile(context, open, path, request.wanted), true);
  }
  if (started.isFull(visitor.address)) return busyPage(texts);
  started.add(visitor.address);
  const { object } = await headSharedFile(context, open, path);
  const subject = nameOfKey(object.key);
  const ticket = newShareToken();
  if (!(await startDownload(context, open, { ticket, path, subject, visitor }))) return deadPage(texts);
  return answerRedirect(`/s/${token}/d/${ticket}/${encodeURIComponent(subject)}`);
});

import { getShareZip, shareFileQuerySchema } from '../../../contract/share-page.ts';
import { isFailure } from '../../../domain/failure.ts';
import { startZip } from '../../../services/shares/share-zip.ts';
import { MinuteCounter } from '../../share-page/minute-counter.ts';
import { busyPage, deadPage } from '../../share-page/notice-pages.ts';
import { answerRedirect } from '../../share-page/page.ts';
import { shareEndpoint } from '../../share-page/share-endpoint.ts';
import { addressOf } from '../../share-page/share-views.ts';

/** Each looks at every object of the folder. */
const ZIPS_A_MINUTE = 30;
const started = new MinuteCounter(ZIPS_A_MINUTE);

export const getShareZipEndpoint = shareEndpoint(getShareZip, async (visit) => {
  const { context, request, texts, token, open, visitor } = visit;
  if (!visit.isUnlocked) return answerRedirect(addressOf(token, ''));
  const { path } = shareFileQuerySchema.parse(request.query);
  // Who only looks is told the type: the size would have to be counted out.
  if (request.http.isHead) return { status: 200, body: undefined, headers: { 'content-type': 'application/zip' } };
  if (started.isFull(visitor.address)) return busyPage(texts);
  started.add(visitor.address);
  try {
    const zip = await startZip(context, open, path, visitor, request.signal);
    if (zip === undefined) return deadPage(texts);
    return answerRedirect(`/s/${token}/d/${zip.ticket}/${encodeURIComponent(zip.fileName)}`);
  } catch (error) {
    if (isFailure(error, 'SlowDown')) return busyPage(texts);
    throw error;
  }
});

import { getSharePage, sharePageQuerySchema } from '../../../contract/share-page.ts';
import { headSharedFile, listSharedFolder } from '../../../services/shares/share-files.ts';
import { readShareSettings } from '../../../services/shares/share-settings.ts';
import { noteOpening } from '../../../services/shares/share-use.ts';
import { passwordPage } from '../../share-page/notice-pages.ts';
import { answerPage, type SharePage } from '../../share-page/page.ts';
import { findReceipt, isReceiptOf } from '../../share-page/receipts.ts';
import { type ShareVisit, shareEndpoint } from '../../share-page/share-endpoint.ts';
import { fileView, folderView, type ViewFacts } from '../../share-page/share-views.ts';
import { receiptView, uploadView } from '../../share-page/upload-views.ts';

export const getSharePageEndpoint = shareEndpoint(
  getSharePage,
  async (visit) => {
    const { context, texts, token, open, visitor, request } = visit;
    if (!visit.isUnlocked) return passwordPage(texts, token, false);
    if (!request.http.isHead) await noteOpening(context, open.share, visitor);
    return answerPage(texts, await viewOf(visit));
  },
  // Who sent the last file of an upload request reads its receipt.
  ({ query }, { share }) => isReceiptOf(sharePageQuerySchema.parse(query).receipt, share.id),
);

async function viewOf({ context, request, texts, token, open }: ShareVisit): Promise<SharePage> {
  const { path, after, receipt } = sharePageQuerySchema.parse(request.query);
  const { share } = open;
  const { installName } = await readShareSettings(context);
  const facts: ViewFacts = { texts, token, share, from: installName === '' ? 'Stowage' : installName };
  if (share.kind === 'upload') {
    const received = receipt === undefined ? undefined : findReceipt(receipt, share.id);
    return received === undefined ? uploadView(facts) : receiptView(facts, received);
  }
  const isFile = share.kind === 'file' || (path !== '' && !path.endsWith('/'));
  return isFile
    ? fileView(facts, path, await headSharedFile(context, open, path))
    : folderView(facts, path, await listSharedFolder(context, open, path, after));
}

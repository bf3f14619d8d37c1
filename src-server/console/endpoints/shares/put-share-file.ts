import { putShareFile, shareUploadQuerySchema } from '../../../contract/share-page.ts';
import { UploadRoom } from '../../../services/shares/receive-file.ts';
import { ConsoleError } from '../../endpoint.ts';
import { deadPage } from '../../share-page/notice-pages.ts';
import { addToReceipt, isReceiptOf } from '../../share-page/receipts.ts';
import { shareEndpoint } from '../../share-page/share-endpoint.ts';

const MAX_DRAIN_BYTES = 64 * 1024 * 1024;

export const putShareFileEndpoint = shareEndpoint(
  putShareFile,
  async (visit) => {
    const { context, request, open, texts, visitor } = visit;
    const { upload, http } = request;
    if (!visit.isUnlocked || open.share.kind !== 'upload' || upload === undefined) return deadPage(texts);
    if (http.bodyBytes === undefined) throw new ConsoleError(411, 'LengthRequired', 'content-length is wanted');
    const { name, sender, receipt } = shareUploadQuerySchema.parse(request.query);
    const body = upload.body();
    const chunks = body.chunks()[Symbol.asyncIterator]();
    const room = await UploadRoom.open(context, open, visitor, http.bodyBytes);
    try {
      const file = { sender, name, contentType: upload.contentType, sizeBytes: http.bodyBytes };
      const outcome = await room.receive({ ...file, chunks: () => ({ [Symbol.asyncIterator]: () => chunks }) });
      const id = addToReceipt(receipt, open.share.id, [outcome]);
      if (outcome.kind === 'stored') {
        const { sizeBytes, sha256 } = outcome;
        return { status: 201, body: { file: { name: outcome.name, sizeBytes, sha256 }, receipt: id } };
      }
      await drain(chunks);
      return { status: 422, body: { reason: outcome.reason, receipt: id } };
    } finally {
      await room.close();
    }
  },
  // A further file is refused in words, on the receipt of those that came.
  ({ query }, { share }) => isReceiptOf(shareUploadQuerySchema.parse(query).receipt, share.id),
);

/** The browser sends all of it before it reads the answer. */
async function drain(chunks: AsyncIterator<Uint8Array>): Promise<void> {
  for (let left = MAX_DRAIN_BYTES; left > 0; ) {
    const { done, value } = await chunks.next();
    if (done === true) return;
    left -= value.byteLength;
  }
}

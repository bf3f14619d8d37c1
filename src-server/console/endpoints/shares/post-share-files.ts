import { postShareFiles } from '../../../contract/share-page.ts';
import { decodeFormText, formBoundary } from '../../../domain/form-part.ts';
import { type ReceiveOutcome, UploadRoom } from '../../../services/shares/receive-file.ts';
import { ConsoleError } from '../../endpoint.ts';
import { type FormPart, FormReader } from '../../share-page/form-reader.ts';
import { deadPage } from '../../share-page/notice-pages.ts';
import { answerRedirect } from '../../share-page/page.ts';
import { addToReceipt } from '../../share-page/receipts.ts';
import { type ShareVisit, shareEndpoint } from '../../share-page/share-endpoint.ts';

const MAX_FILES = 1000;
const MAX_FIELD_BYTES = 4096;
/** What is read and dropped of a form that is refused: the browser sends all of it before it reads the answer. */
const MAX_DRAIN_BYTES = 64 * 1024 * 1024;

export const postShareFilesEndpoint = shareEndpoint(postShareFiles, async (visit) => {
  const { context, request, open, texts, token, visitor } = visit;
  if (!visit.isUnlocked || open.share.kind !== 'upload') return deadPage(texts);
  const boundary = formBoundary(request.upload?.contentType);
  if (request.upload === undefined || boundary === undefined) {
    throw new ConsoleError(415, 'UnsupportedMediaType', 'a form with files is wanted');
  }
  const { bodyBytes } = request.http;
  if (bodyBytes === undefined) throw new ConsoleError(411, 'LengthRequired', 'content-length is wanted');
  const reader = new FormReader(request.upload.body().chunks(), boundary);
  const room = await UploadRoom.open(context, open, visitor, bodyBytes);
  const outcomes: ReceiveOutcome[] = [];
  try {
    await receiveAll(visit, reader, room, outcomes);
  } finally {
    await room.close();
  }
  await reader.drain(MAX_DRAIN_BYTES);
  const receipt = addToReceipt(undefined, open.share.id, outcomes);
  return answerRedirect(`/s/${token}?receipt=${receipt}`);
});

async function receiveAll(
  { context }: ShareVisit,
  reader: FormReader,
  room: UploadRoom,
  outcomes: ReceiveOutcome[],
): Promise<void> {
  let sender = '';
  for (let part = await reader.next(); part !== undefined; part = await reader.next()) {
    if (part.name === 'sender' && part.fileName === undefined) sender = await readField(part);
    // A browser sends an empty part without a name where nothing was chosen.
    if (part.fileName === undefined || part.fileName === '') continue;
    const { fileName, contentType } = part;
    const chunks = part.chunks();
    const outcome = await room.receive({
      sender,
      name: fileName,
      contentType,
      sizeBytes: undefined,
      chunks: () => chunks,
    });
    outcomes.push(outcome);
    context.log.debug({ outcome: outcome.kind }, 'a file came by a link');
    if (outcomes.length >= MAX_FILES) return;
    // The rest of the form has no room either.
    if (outcome.kind === 'refused' && outcome.reason === 'no-room') return;
  }
}

async function readField(part: FormPart): Promise<string> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of part.chunks()) {
    sizeBytes += piece.byteLength;
    if (sizeBytes > MAX_FIELD_BYTES) throw new ConsoleError(400, 'InvalidRequest', 'a field is too long');
    pieces.push(Uint8Array.from(piece));
  }
  return decodeFormText(Buffer.concat(pieces));
}

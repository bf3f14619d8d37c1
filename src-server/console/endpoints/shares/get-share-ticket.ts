import { getShareTicket } from '../../../contract/share-page.ts';
import { hasBytesLeft, meterTicket, resumeDownload } from '../../../services/shares/share-download.ts';
import { getSharedFile } from '../../../services/shares/share-files.ts';
import { deadPage } from '../../share-page/notice-pages.ts';
import { answerSharedFile } from '../../share-page/send-shared-file.ts';
import { shareEndpoint } from '../../share-page/share-endpoint.ts';

/** The ticket stands for the password too: download programs have no cookies. */
export const getShareTicketEndpoint = shareEndpoint(
  getShareTicket,
  async ({ context, request, texts, token }) => {
    const ticket = request.params.ticket ?? '';
    const resumed = await resumeDownload(context, token, ticket);
    if (resumed === undefined) return deadPage(texts);
    const found = await getSharedFile(context, resumed.open, resumed.path, request.wanted);
    const { sizeBytes } = found.object;
    if (!hasBytesLeft(context, ticket, sizeBytes)) return deadPage(texts);
    return answerSharedFile(found, true, (chunks) => meterTicket(context, ticket, sizeBytes, chunks));
  },
  () => true,
);

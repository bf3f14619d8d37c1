import { getShareTicket } from '../../../contract/share-page.ts';
import { hasBytesLeft, meterTicket, resumeDownload } from '../../../services/shares/share-download.ts';
import { getSharedFile } from '../../../services/shares/share-files.ts';
import { resumeZip } from '../../../services/shares/share-zip.ts';
import { zipHeaders } from '../../content-headers.ts';
import type { EndpointAnswer } from '../../endpoint.ts';
import { deadPage } from '../../share-page/notice-pages.ts';
import { answerSharedFile } from '../../share-page/send-shared-file.ts';
import { type ShareVisit, shareEndpoint } from '../../share-page/share-endpoint.ts';

/** The ticket stands for the password too: download programs have no cookies. */
export const getShareTicketEndpoint = shareEndpoint(
  getShareTicket,
  async (visit) => {
    const { context, request, texts, token } = visit;
    const ticket = request.params.ticket ?? '';
    const resumed = await resumeDownload(context, token, ticket);
    if (resumed === undefined) return deadPage(texts);
    const { open, path } = resumed;
    const isFolder = open.share.kind !== 'file' && (path === '' || path.endsWith('/'));
    if (isFolder) return answerZip({ ...visit, open }, ticket);
    const found = await getSharedFile(context, open, path, request.wanted);
    const metered = { open, ticket, wholeBytes: found.object.sizeBytes };
    if (!hasBytesLeft(context, metered)) return deadPage(texts);
    return answerSharedFile(found, true, (chunks) => meterTicket(context, metered, chunks));
  },
  () => true,
);

async function answerZip({ context, open, request, texts }: ShareVisit, ticket: string): Promise<EndpointAnswer> {
  const zip = await resumeZip(context, open, ticket, request.wanted);
  if (zip === undefined) return deadPage(texts);
  const metered = { open, ticket, wholeBytes: zip.facts.sizeBytes };
  if (!hasBytesLeft(context, metered)) return deadPage(texts);
  return {
    status: zip.range === undefined ? 200 : 206,
    headers: { ...zipHeaders(zip), 'x-robots-tag': 'noindex, nofollow' },
    body: undefined,
    stream: {
      sizeBytes: zip.sizeBytes,
      open: (signal) => meterTicket(context, metered, zip.open(signal)),
    },
  };
}

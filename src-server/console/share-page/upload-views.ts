import { fileTypesOf } from '../../db/tables/share.ts';
import { assertNever } from '../../domain/assert-never.ts';
import type { ReceiveOutcome } from '../../services/shares/receive-file.ts';
import { formatBytes, formatMoment } from './format.ts';
import { type Html, html } from './html.ts';
import type { SharePage } from './page.ts';
import type { Receipt } from './receipts.ts';
import { addressOf, noteOf, type ViewFacts } from './share-views.ts';
import type { ShareTexts } from './texts.ts';

/** Where files are sent: a form, which a script makes into a bar where there is one. */
export function uploadView(facts: ViewFacts): SharePage {
  const { texts, token, share } = facts;
  const types = fileTypesOf(share);
  const accept = types?.map((type) => `.${type}`).join(',');
  const body = html`<h1>${texts.sendTitle}</h1>
<p class="muted">${texts.to(facts.from)}</p>
${noteOf(share)}
<form method="post" action="/s/${token}/files" enctype="multipart/form-data" data-upload data-page="/s/${token}" data-failed="${texts.failed}">
<label for="sender">${texts.sender}</label>
<input id="sender" name="sender" required maxlength="60" autocomplete="name">
<label for="files">${texts.choose}</label>
<input id="files" name="files" type="file" multiple required${accept !== undefined && html` accept="${accept}"`}>
<progress hidden value="0" aria-label="${texts.send}"></progress>
<p class="small muted" data-said role="status"></p>
<button>${texts.send}</button>
</form>
${limitsOf(facts, types)}`;
  return { status: 200, title: texts.sendTitle, body, hasUploadScript: true };
}

function limitsOf({ texts, share }: ViewFacts, types: readonly string[] | undefined): Html | false {
  const { max_bytes, max_files, expires_ms } = share;
  const said = [
    types === undefined ? undefined : texts.takesTypes(types.join(', ')),
    max_bytes === null
      ? undefined
      : texts.takesRoom(formatBytes(Math.max(0, max_bytes - share.received_bytes), texts.locale)),
    max_files === null ? undefined : texts.takesFiles(Math.max(0, max_files - share.received_files)),
    expires_ms === null ? undefined : texts.until(formatMoment(expires_ms, texts.locale)),
  ].filter((text) => text !== undefined);
  return said.length > 0 && html`<p class="small muted">${said.join(' · ')}</p>`;
}

/** What arrived, with its checksums, and what did not. */
export function receiptView({ texts, token }: ViewFacts, { files }: Receipt): SharePage {
  const stored = files.filter((file) => file.kind === 'stored');
  const size = stored.reduce((sum, file) => sum + file.sizeBytes, 0);
  const title = stored.length === 0 ? texts.receiptNone : texts.receiptTitle;
  const body = html`<h1>${title}</h1>
${stored.length > 0 && html`<p class="muted">${texts.receiptText(stored.length, formatBytes(size, texts.locale))}</p>`}
<ul>${files.map((file) => rowOf(texts, file))}</ul>
<a class="button plain" href="${addressOf(token, '')}">${texts.sendMore}</a>`;
  return { status: 200, title, body, isWide: true };
}

function rowOf(texts: ShareTexts, file: ReceiveOutcome): Html {
  switch (file.kind) {
    case 'stored':
      return html`<li><div>${file.name}<br><code>${texts.checksum} ${file.sha256}</code></div><span>${formatBytes(file.sizeBytes, texts.locale)}</span></li>`;
    case 'refused':
      return html`<li><div>${file.name}<br><span class="bad">${reasonOf(texts, file.reason)}</span></div><span>${texts.notTaken}</span></li>`;
    default:
      return assertNever(file);
  }
}

function reasonOf(texts: ShareTexts, reason: Extract<ReceiveOutcome, { kind: 'refused' }>['reason']): string {
  switch (reason) {
    case 'no-room':
      return texts.tooLarge;
    case 'wrong-type':
      return texts.wrongType;
    case 'failed':
      return texts.failed;
    default:
      return assertNever(reason);
  }
}

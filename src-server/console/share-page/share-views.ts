import type { ShareRow } from '../../db/tables/share.ts';
import type { FoundObject } from '../../services/objects/head-object.ts';
import type { SharedEntry, SharedFolder } from '../../services/shares/share-files.ts';
import { nameOfKey } from '../../services/shares/share-items.ts';
import { shownTypeOf } from '../content-headers.ts';
import { formatBytes, formatMoment } from './format.ts';
import { type Html, html } from './html.ts';
import type { SharePage } from './page.ts';
import type { ShareTexts } from './texts.ts';

/** What every view of a link says. */
export interface ViewFacts {
  readonly texts: ShareTexts;
  readonly token: string;
  readonly share: ShareRow;
  /** Who it is from. */
  readonly from: string;
}

/** A picture larger than this is not shown by itself: the reader may be on a phone. */
const MAX_PICTURE_BYTES = 10 * 1024 * 1024;

/** `/s/…/download?path=…`; `''` is the link itself. */
export function addressOf(
  token: string,
  page: '' | 'download' | 'view' | 'zip',
  query: Readonly<Record<string, string>> = {},
): string {
  const set = Object.entries(query).filter(([, value]) => value !== '');
  const search = new URLSearchParams(set).toString();
  return `/s/${token}${page === '' ? '' : `/${page}`}${search === '' ? '' : `?${search}`}`;
}

/** One file: what it is, perhaps to be looked at, and its button. */
export function fileView(facts: ViewFacts, path: string, { object }: FoundObject): SharePage {
  const { texts, token, share } = facts;
  const name = nameOfKey(object.key);
  const body = html`<div class="head"><h1>${name}</h1><span>${formatBytes(object.sizeBytes, texts.locale)}</span></div>
<p class="muted">${texts.from(facts.from)}</p>
${noteOf(share)}
${previewOf(facts, path, object.contentType, object.sizeBytes)}
<a class="button" href="${addressOf(token, 'download', { path })}" rel="nofollow">${texts.download}</a>
${share.kind !== 'file' && html`<a class="button plain" href="${addressOf(token, '', { path: parentOf(path) })}">${texts.up}</a>`}
${limitsOf(facts)}`;
  return { status: 200, title: name, body };
}

/** A folder, a page of it. */
export function folderView(facts: ViewFacts, path: string, folder: SharedFolder): SharePage {
  const { texts, token, share } = facts;
  const name = nameOfKey(share.base + path) || share.bucket_name;
  const title = path === '' && share.kind === 'selection' ? texts.files : name;
  const rows = folder.entries.map((entry) => rowOf(facts, path, entry));
  const body = html`<h1>${title}</h1>
<p class="muted">${texts.from(facts.from)}</p>
${noteOf(share)}
${path !== '' && html`<p><a href="${addressOf(token, '', { path: parentOf(path) })}">${texts.up}</a></p>`}
${rows.length > 0 && html`<a class="button" href="${addressOf(token, 'zip', { path })}" rel="nofollow">${texts.downloadAll}</a>`}
${rows.length === 0 ? html`<p class="muted">${texts.emptyFolder}</p>` : html`<ul>${rows}</ul>`}
${folder.next !== undefined && html`<a class="button plain" href="${addressOf(token, '', { path, after: folder.next })}">${texts.more}</a>`}
${limitsOf(facts)}`;
  return { status: 200, title, body, isWide: true };
}

function rowOf({ texts, token }: ViewFacts, folder: string, entry: SharedEntry): Html {
  const name = entry.path.slice(folder.length).replace(/\/$/, '') || '/';
  const link = html`<a href="${addressOf(token, '', { path: entry.path })}">${name}</a>`;
  if (entry.kind === 'folder') return html`<li class="folder">${link}<span>${texts.folder}</span></li>`;
  const download = html`<a href="${addressOf(token, 'download', { path: entry.path })}" rel="nofollow">${texts.download}</a>`;
  return html`<li>${link}<span>${formatBytes(entry.sizeBytes, texts.locale)}</span>${download}</li>`;
}

/** Only what can run no script, and only where looking does not take a limited download. */
function previewOf({ token, share }: ViewFacts, path: string, contentType: string, sizeBytes: number): Html | false {
  const type = shownTypeOf(contentType);
  if (type === undefined || share.download_limit !== null) return false;
  const source = addressOf(token, 'view', { path });
  if (type.startsWith('image/')) return sizeBytes <= MAX_PICTURE_BYTES && html`<img src="${source}" alt="">`;
  if (type.startsWith('video/')) return html`<video src="${source}" controls preload="metadata"></video>`;
  if (type.startsWith('audio/')) return html`<audio src="${source}" controls preload="metadata"></audio>`;
  return false;
}

/** The line of LOOK's sketch: until when, how many are left. */
function limitsOf({ texts, share }: ViewFacts): Html | false {
  const { expires_ms, download_limit, downloads } = share;
  const left = download_limit === null ? undefined : Math.max(0, download_limit - downloads);
  const said = [
    expires_ms === null ? undefined : texts.until(formatMoment(expires_ms, texts.locale)),
    left === undefined || download_limit === null ? undefined : texts.left(left, download_limit),
  ].filter((text) => text !== undefined);
  if (said.length === 0) return false;
  return html`<p class="small muted">${said.join(' · ')}${download_limit !== null && html`<br>${texts.onlyOnce}`}</p>`;
}

export function noteOf({ note }: Pick<ShareRow, 'note'>): Html | false {
  return note !== '' && html`<p class="note">${note}</p>`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
}

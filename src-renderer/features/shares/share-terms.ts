import type { Share } from '../../../src-server/contract/shares.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { currentLanguage, t } from '../../lib/i18n.ts';
import { readUserAgent } from '../../lib/user-agent.ts';
import type { Terms } from './terms-draft.ts';

/** What holds of a link, as one sentence: printed before it is made and again after. */
export function sentenceOf(
  terms: Terms,
  subject: { readonly name: string; readonly isUpload: boolean; readonly hasPassword: boolean },
): string {
  const { name, isUpload, hasPassword } = subject;
  const parts = [
    isUpload ? t('shares.sentenceUpload', { name }) : t('shares.sentence', { name }),
    terms.expiresAtMs === null
      ? t('shares.sentenceForever')
      : t('shares.sentenceUntil', { when: when(terms.expiresAtMs) }),
    hasPassword ? t('shares.sentencePassword') : t('shares.sentenceNoPassword'),
    ...limitsOf(terms, isUpload),
  ];
  return `${parts.join(', ')}.`;
}

function limitsOf(terms: Terms, isUpload: boolean): string[] {
  const language = currentLanguage();
  if (!isUpload) {
    const { downloadLimit } = terms;
    return [
      downloadLimit === null ? t('shares.sentenceAnyNumber') : t('shares.sentenceTimes', { count: downloadLimit }),
    ];
  }
  const { maxBytes, maxFiles, fileTypes } = terms;
  return [
    ...(maxFiles === null
      ? []
      : [t('shares.sentenceFiles', { count: maxFiles, shown: formatCount(maxFiles, language) })]),
    ...(maxBytes === null ? [] : [t('shares.sentenceBytes', { size: formatBytes(maxBytes, language) })]),
    ...(fileTypes === null ? [] : [t('shares.sentenceTypes', { types: fileTypes.join(', ') })]),
  ];
}

/** Day and minute, in the viewer's zone. */
export function when(atMs: number): string {
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
}

/** The day, in the viewer's zone. */
export function dayOf(atMs: number): string {
  return new Intl.DateTimeFormat(currentLanguage(), { dateStyle: 'medium' }).format(atMs);
}

/** What a link leads to, in a word or two. */
export function nameOfShare(share: Pick<Share, 'kind' | 'items' | 'itemCount' | 'bucket'>): string {
  const [first = ''] = share.items;
  if (share.kind === 'selection') return t('shares.selection', { count: share.itemCount });
  return first.split('/').findLast((part) => part !== '') ?? share.bucket;
}

/** `Chrome on Windows`: what User-Agent says, in short. */
export function clientName(client: string): string {
  const { program, system } = readUserAgent(client);
  if (program === undefined) return client.split(/[\s/]/)[0] || t('shares.unknownClient');
  return system === undefined ? program : t('shares.clientOn', { program, system });
}

import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { copyText } from '../share-link.ts';

/** Copies a link and says so. */
export async function copyLink(link: string): Promise<void> {
  if (await copyText(link)) toast('note', t('shares.copied'));
  else toast('error', t('common.notCopied'));
}

import { toast } from '../../../components/toast.tsx';
import { copyText } from '../../../lib/copy-text.ts';
import { t } from '../../../lib/i18n.ts';

/** Copies a link and says so. */
export async function copyLink(link: string): Promise<void> {
  if (await copyText(link)) toast('note', t('shares.copied'));
  else toast('error', t('common.notCopied'));
}

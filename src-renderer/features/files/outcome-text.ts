import type { Outcome } from '../../../src-server/contract/object-details.ts';
import { t } from '../../lib/i18n.ts';
import { shownName } from './shown-name.ts';

/** Which keys of a batch were left as they were, and why the first of them was. */
export function outcomeText({ failed }: Outcome): string {
  const [first] = failed;
  if (first === undefined) return '';
  const reason = first.code === 'AccessDenied' ? t('error.denied') : first.message;
  return t('files.notChanged', { count: failed.length, key: shownName(first.key), reason });
}

import type { SettingChange } from '../../../src-server/contract/bucket-changes.ts';
import { formatBytes } from '../../lib/format.ts';
import { currentLanguage, t } from '../../lib/i18n.ts';

/** "Ana turned versioning on": what was done, by whom. */
export function changeText({ field, after, actorName }: SettingChange): string {
  const who = actorName;
  const count = Array.isArray(after) ? after.length : 0;
  switch (field) {
    case 'versioning':
      return after === 'Enabled' ? t('bucket.didVersions', { who }) : t('bucket.didSuspend', { who });
    case 'encryption':
      return after === null ? t('bucket.didPlain', { who }) : t('bucket.didEncrypt', { who });
    case 'cors':
      return after === null ? t('bucket.didNoCors', { who }) : t('bucket.didCors', { who, count });
    case 'tags':
      return after === null ? t('bucket.didNoTags', { who }) : t('bucket.didTags', { who, count });
    case 'quotaBytes':
      return after === null
        ? t('bucket.didNoQuota', { who })
        : t('bucket.didQuota', { who, size: formatBytes(Number(after), currentLanguage()) });
    case 'quotaObjects':
      return after === null
        ? t('bucket.didNoQuotaObjects', { who })
        : t('bucket.didQuotaObjects', { who, count: Number(after) });
    case 'ownership':
      return after === null
        ? t('bucket.didNoOwnership', { who })
        : t('bucket.didOwnership', { who, value: String(after) });
    case 'speaksSosapi':
      return after === true ? t('bucket.didSosapi', { who }) : t('bucket.didNoSosapi', { who });
    case 'objectLock':
      return t('bucket.didLock', { who });
    case 'policy':
      return after === null ? t('bucket.didNoPolicy', { who }) : t('bucket.didPolicy', { who });
    case 'publicAccessBlock':
      return blockText(after, who);
    case 'requestPayer':
      return t('bucket.didPayer', { who, value: after === null ? 'BucketOwner' : String(after) });
    case 'acl':
      return t('bucket.didAcl', { who });
    default:
      return t('bucket.didOther', { who, field });
  }
}

function blockText(after: unknown, who: string): string {
  const switches = typeof after === 'object' && after !== null ? Object.values(after) : [];
  if (!switches.includes(true)) return t('bucket.didNoBlock', { who });
  return switches.includes(false) ? t('bucket.didBlockSome', { who }) : t('bucket.didBlock', { who });
}

import type { AccessReaders, AccessReason } from '../../../../src-server/contract/access.ts';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { failureOf } from '../../../lib/query-failure.ts';
import { useReaders } from '../api/use-readers.ts';

/** Who can read a file (without a key: list a bucket), each with the rule that lets them in. */
export function ReadersList({ bucket, objectKey }: { readonly bucket: string; readonly objectKey?: string }) {
  const query = useReaders(bucket, objectKey);
  const failure = failureOf(query);
  if (failure !== null) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingRows />;
  const { readers, isComplete } = query.data;
  return (
    <div className="flex flex-col gap-3">
      {readers.length === 0 && <p className="text-muted">{t('readers.nobody')}</p>}
      <ul className="flex flex-col gap-3 text-table">
        {readers.map((reader) => (
          <li key={`${reader.kind} ${reader.name}`} className="flex flex-col">
            <span className={reader.kind === 'anonymous' ? 'font-medium text-attention' : 'break-words font-medium'}>
              {nameOf(reader)}
            </span>
            <span className="break-words text-muted">{reasonText(reader.reason)}</span>
          </li>
        ))}
      </ul>
      {!isComplete && <p className="text-caption text-muted">{t('readers.more')}</p>}
    </div>
  );
}

function nameOf({ kind, name, holder }: AccessReaders['readers'][number]): string {
  switch (kind) {
    case 'anonymous':
      return `▲ ${t('readers.everybody')}`;
    case 'user':
      return name;
    case 'role':
      return t('readers.role', { name });
    case 'key':
      return t('readers.key', { key: name.slice(-4), name: holder ?? '' });
  }
}

/** "Rule 2 of the bucket’s policy": what decided, in words. */
function reasonText(reason: AccessReason): string {
  switch (reason.kind) {
    case 'statement':
      return t('readers.byRule', { rule: reason.sid ?? String(reason.index + 1), policy: policyName(reason.origin) });
    case 'unreadable':
    case 'limit':
      return t('readers.byPolicy', { policy: policyName(reason.origin) });
    case 'role':
      return t('readers.byRole');
    case 'acl':
      return t('readers.byAcl');
    case 'nothing':
      return t('readers.byNothing');
  }
}

function policyName({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return kind === 'bucket' ? t('readers.bucketPolicy') : t('readers.policy', { name });
}

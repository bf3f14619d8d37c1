import { Link } from '@tanstack/react-router';
import { SlidersHorizontal, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BucketSummary } from '../../../../src-server/contract/buckets.ts';
import { Button } from '../../../components/button.tsx';
import { ButtonLink } from '../../../components/button-link.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

interface BucketTableProps {
  readonly buckets: readonly BucketSummary[];
  /** Undefined where this user may not. */
  readonly onDelete: ((bucket: string) => void) | undefined;
}

export function BucketTable({ buckets, onDelete }: BucketTableProps) {
  return (
    <table className="w-full border-line border-t text-table">
      <thead>
        <tr className="h-9 bg-sunken text-left text-caption text-muted">
          <Head>{t('buckets.name')}</Head>
          <Head right>{t('buckets.objects')}</Head>
          <Head right>{t('common.size')}</Head>
          <Head wideOnly>{t('buckets.versions')}</Head>
          <Head wideOnly>{t('buckets.encryption')}</Head>
          <Head wideOnly>{t('buckets.created')}</Head>
          <td />
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <BucketRow key={bucket.name} bucket={bucket} onDelete={onDelete} />
        ))}
      </tbody>
    </table>
  );
}

function BucketRow({ bucket, onDelete }: { readonly bucket: BucketSummary } & Pick<BucketTableProps, 'onDelete'>) {
  const language = useLanguage();
  return (
    <tr className="h-9 border-line border-b hover:bg-sunken">
      <td className="max-w-0 truncate pr-3 pl-4 sm:pl-6">
        <Link
          to="/files/$bucket/$"
          params={{ bucket: bucket.name, _splat: '' }}
          title={bucket.name}
          className="font-medium hover:text-accent hover:underline"
        >
          {bucket.name}
        </Link>
      </td>
      <td className="w-24 px-3 text-right">{formatCount(bucket.objects, language)}</td>
      <td className="w-24 px-3 text-right">
        <Bytes bytes={bucket.sizeBytes} />
      </td>
      <td className="hidden w-40 px-3 text-muted md:table-cell">{versioningText(bucket.versioning)}</td>
      <td className="hidden w-40 px-3 text-muted md:table-cell">
        {bucket.encryption === 'off' ? t('buckets.plain') : bucket.encryption}
      </td>
      <td className="hidden w-36 px-3 text-muted md:table-cell">
        <Moment atMs={bucket.createdAtMs} />
      </td>
      <td className="w-18 whitespace-nowrap pr-2 text-right sm:pr-4">
        <ButtonLink
          look="quiet"
          square
          to="/buckets/$bucket"
          params={{ bucket: bucket.name }}
          aria-label={t('buckets.settingsOf', { bucket: bucket.name })}
        >
          <SlidersHorizontal size={16} aria-hidden="true" />
        </ButtonLink>
        {onDelete !== undefined && (
          <Button
            look="quiet"
            square
            aria-label={t('buckets.deleteNamed', { bucket: bucket.name })}
            onPress={() => onDelete(bucket.name)}
          >
            <Trash2 size={16} aria-hidden="true" />
          </Button>
        )}
      </td>
    </tr>
  );
}

function Head(props: { readonly children: ReactNode; readonly right?: boolean; readonly wideOnly?: boolean }) {
  return (
    <th
      scope="col"
      className={`px-3 font-medium first:pl-4 sm:first:pl-6 ${props.right ? 'text-right' : ''} ${props.wideOnly ? 'hidden md:table-cell' : ''}`}
    >
      {props.children}
    </th>
  );
}

function versioningText(versioning: BucketSummary['versioning']): string {
  switch (versioning) {
    case 'off':
      return t('buckets.versionsOff');
    case 'enabled':
      return t('buckets.versionsKept');
    case 'suspended':
      return t('buckets.versionsSuspended');
  }
}

import { useQuery } from '@tanstack/react-query';
import { Archive, CornerLeftUp, Folder } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { getBuckets } from '../../../../src-server/contract/buckets.ts';
import { call } from '../../../lib/api.ts';
import { errorText } from '../../../lib/error-text.ts';
import { parentOf } from '../../../lib/file-address.ts';
import { t } from '../../../lib/i18n.ts';
import { useFolders } from '../api/operations-api.ts';
import type { PickedFolder } from '../orders.ts';

interface FolderPickerProps {
  readonly folder: PickedFolder;
  readonly onFolder: (folder: PickedFolder) => void;
}

/** Walks through buckets and folders; the one that is open is the one chosen. */
export function FolderPicker({ folder: { bucket, prefix }, onFolder }: FolderPickerProps) {
  const folders = useFolders(bucket, prefix);
  const buckets = useQuery({ queryKey: ['buckets'], queryFn: async () => (await call(getBuckets)).buckets });
  const error = bucket === undefined ? buckets.error : folders.error;
  const isPending = bucket === undefined ? buckets.isPending : folders.isPending;
  const up = (): PickedFolder =>
    prefix === '' ? { bucket: undefined, prefix: '' } : { bucket, prefix: parentOf(prefix) };
  return (
    <div className="flex flex-col gap-2">
      <p role="status" className="break-all font-medium text-body">
        {bucket === undefined ? t('operations.chooseBucket') : `${bucket}/${prefix}`}
      </p>
      <ul aria-label={t('operations.folders')} className="h-56 overflow-y-auto rounded-control border border-line">
        {bucket !== undefined && (
          <PickerRow icon={<CornerLeftUp size={16} aria-hidden="true" />} onPress={() => onFolder(up())}>
            {prefix === '' ? t('operations.allBuckets') : t('operations.up')}
          </PickerRow>
        )}
        {bucket === undefined &&
          buckets.data
            ?.filter(({ mayWrite }) => mayWrite)
            .map(({ name }) => (
              <PickerRow
                key={name}
                icon={<Archive size={16} aria-hidden="true" />}
                onPress={() => onFolder({ bucket: name, prefix: '' })}
              >
                {name}
              </PickerRow>
            ))}
        {folders.data?.map((inner) => (
          <PickerRow
            key={inner}
            icon={<Folder size={16} aria-hidden="true" />}
            onPress={() => onFolder({ bucket, prefix: inner })}
          >
            {inner.slice(prefix.length, -1)}
          </PickerRow>
        ))}
        {isPending && <li className="px-3 py-2 text-muted text-table">{t('common.loading')}</li>}
        {error !== null && <li className="px-3 py-2 text-stopped text-table">{errorText(error)}</li>}
        {folders.data?.length === 0 && <li className="px-3 py-2 text-muted text-table">{t('operations.noFolders')}</li>}
      </ul>
    </div>
  );
}

function PickerRow(props: { readonly icon: ReactNode; readonly onPress: () => void; readonly children: ReactNode }) {
  return (
    <li>
      <AriaButton
        onPress={props.onPress}
        className="row-focus flex h-9 w-full cursor-default items-center gap-2 px-3 text-left text-table hover:bg-sunken"
      >
        <span className="shrink-0">{props.icon}</span>
        <span className="truncate">{props.children}</span>
      </AriaButton>
    </li>
  );
}

import { Download, File, Folder } from 'lucide-react';
import type { PastEntry } from '../../../../src-server/contract/folder-history.ts';
import { Button } from '../../../components/button.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { download } from '../../files/api/download.ts';
import { PlainCheckbox } from '../../files/components/plain-checkbox.tsx';
import { entryId } from '../../files/entry.ts';
import { shownName } from '../../files/shown-name.ts';

interface PastListProps {
  readonly bucket: string;
  readonly prefix: string;
  readonly entries: readonly PastEntry[];
  readonly selected: ReadonlySet<string>;
  /** Absent where this user may change nothing. */
  readonly onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
  readonly onOpen: (entry: PastEntry) => void;
}

/** What stood in the folder then. A name opens it as it was. */
export function PastList(props: PastListProps) {
  const { entries, selected, onSelect } = props;
  const isAll = selected.size > 0 && selected.size === entries.length;
  return (
    <table aria-label={t('past.list')} className="w-full table-fixed text-table">
      <thead className="sticky top-0 z-10 bg-sunken text-caption text-muted">
        <tr className="h-9 border-line border-b text-left">
          {onSelect !== undefined && (
            <th scope="col" className="w-11 pl-4 sm:pl-6">
              <PlainCheckbox
                label={t('files.selectAll')}
                isSelected={isAll}
                isIndeterminate={selected.size > 0 && !isAll}
                isInTabOrder
                onToggle={() => onSelect(new Set(isAll ? [] : entries.map(entryIdOf)))}
              />
            </th>
          )}
          <Head>{t('files.name')}</Head>
          <th scope="col" className="w-22 px-2 text-right font-medium">
            {t('common.size')}
          </th>
          <Head isWide>{t('files.changed')}</Head>
          <Head isWide>{t('past.since')}</Head>
          <th scope="col" className="w-12 pr-4 sm:pr-6">
            <span className="sr-only">{t('files.download')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entryIdOf(entry)} {...props} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

/** Unique in the list, as in that of now. */
export function entryIdOf(entry: PastEntry): string {
  return entryId(entry);
}

function Head({ children, isWide = false }: { readonly children: string; readonly isWide?: boolean }) {
  return (
    <th scope="col" className={`px-2 font-medium ${isWide ? 'hidden w-36 md:table-cell' : ''}`}>
      {children}
    </th>
  );
}

function Row({ bucket, prefix, entry, selected, onSelect, onOpen }: PastListProps & { readonly entry: PastEntry }) {
  const id = entryIdOf(entry);
  const path = entry.kind === 'folder' ? entry.prefix.slice(0, -1) : entry.key;
  const name = shownName(path.slice(prefix.length)) || '/';
  const toggle = () => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect?.(next);
  };
  const Icon = entry.kind === 'folder' ? Folder : File;
  return (
    <tr className={`h-9 border-line border-b ${selected.has(id) ? 'bg-accent-soft' : 'hover:bg-sunken'}`}>
      {onSelect !== undefined && (
        <td className="w-11 pl-4 sm:pl-6">
          <PlainCheckbox
            label={t('files.selectNamed', { name })}
            isSelected={selected.has(id)}
            isInTabOrder
            onToggle={toggle}
          />
        </td>
      )}
      <td className="px-2">
        <button
          type="button"
          onClick={() => onOpen(entry)}
          className="row-focus flex min-h-6 max-w-full items-center gap-2 rounded-control hover:underline"
        >
          <Icon size={16} aria-hidden="true" className="shrink-0 text-muted" />
          <span className={`truncate whitespace-pre ${entry.kind === 'folder' ? 'font-medium' : ''}`}>{name}</span>
        </button>
      </td>
      <td className="px-2 text-right">{entry.kind === 'file' && <Bytes bytes={entry.sizeBytes} />}</td>
      <td className="hidden truncate px-2 text-muted md:table-cell">
        {entry.kind === 'file' && <Moment atMs={entry.modifiedAtMs} />}
      </td>
      <td className="hidden truncate px-2 text-muted md:table-cell">
        {entry.kind === 'file' && (entry.isCurrent ? t('past.unchanged') : t('past.changedSince'))}
      </td>
      <td className="pr-4 text-right sm:pr-6">
        {entry.kind === 'file' && (
          <Button
            look="quiet"
            small
            square
            aria-label={t('past.downloadNamed', { name })}
            onPress={() =>
              void download(bucket, entry.key, entry.versionId).catch((error: unknown) =>
                toast('error', errorText(error)),
              )
            }
          >
            <Download size={14} aria-hidden="true" />
          </Button>
        )}
      </td>
    </tr>
  );
}

import { RotateCcw, Trash2 } from 'lucide-react';
import type { BinnedObject } from '../../../../src-server/contract/operations.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { parentOf } from '../../../lib/file-address.ts';
import { formatBytes, formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

interface BinListProps {
  readonly objects: readonly BinnedObject[];
  readonly keepDays: number;
  readonly totalObjects: number;
  readonly totalBytes: number;
  readonly selected: ReadonlySet<string>;
  /** Absent where this user may change nothing. */
  readonly onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
  readonly onRestore: () => void;
  readonly onPurge: () => void;
}

/** Unique in a bin: a key can be in it several times. */
export function binId({ batch, key }: BinnedObject): string {
  return `${batch}/${key}`;
}

/** What is in the bin, what was put there last first, and what can be done with what is selected. */
export function BinList(props: BinListProps) {
  const { objects, totalObjects, totalBytes, selected, onSelect } = props;
  const language = useLanguage();
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p className="px-4 pb-3 text-muted text-table sm:px-6">
        {t('operations.binTotal', { count: totalObjects, shown: formatCount(totalObjects, language) })}
        {' · '}
        {formatBytes(totalBytes, language)}
        {'. '}
        {t('operations.binText', { count: props.keepDays })}
      </p>
      <table aria-label={t('operations.binList')} className="w-full table-fixed text-table">
        <thead className="bg-sunken text-caption text-muted">
          <tr className="h-9 text-left">
            {onSelect !== undefined && (
              <th scope="col" className="w-10 pl-4 sm:w-12 sm:pl-6">
                <Checkbox
                  aria-label={t('operations.selectAll')}
                  isSelected={selected.size > 0 && selected.size === objects.length}
                  isIndeterminate={selected.size > 0 && selected.size < objects.length}
                  onChange={(all) => onSelect(new Set(all ? objects.map(binId) : []))}
                />
              </th>
            )}
            <Head>{t('files.name')}</Head>
            <Head isWide>{t('operations.folder')}</Head>
            <th scope="col" className="w-24 px-3 text-right font-medium">
              {t('common.size')}
            </th>
            <Head isWide>{t('operations.deletedAt')}</Head>
            <Head isWide>{t('operations.deletedBy')}</Head>
            <Head isWide>{t('operations.goesAt')}</Head>
          </tr>
        </thead>
        <tbody>
          {objects.map((object) => (
            <Row key={binId(object)} object={object} selected={selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
      {selected.size > 0 && <BinBar {...props} />}
    </div>
  );
}

function Head({ children, isWide = false }: { readonly children: string; readonly isWide?: boolean }) {
  return (
    <th scope="col" className={`px-3 font-medium first:pl-4 sm:first:pl-6 ${isWide ? 'hidden md:table-cell' : ''}`}>
      {children}
    </th>
  );
}

interface RowProps extends Pick<BinListProps, 'selected' | 'onSelect'> {
  readonly object: BinnedObject;
}

function Row({ object, selected, onSelect }: RowProps) {
  const id = binId(object);
  const folder = parentOf(object.key);
  const name = object.key.slice(folder.length);
  const toggle = () => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect?.(next);
  };
  const isSelected = selected.has(id);
  return (
    <tr className={`h-9 border-line border-b ${isSelected ? 'bg-accent-soft' : 'hover:bg-sunken'}`}>
      {onSelect !== undefined && (
        <td className="w-10 pl-4 sm:w-12 sm:pl-6">
          <Checkbox aria-label={object.key} isSelected={isSelected} onChange={toggle} />
        </td>
      )}
      <td className="truncate px-3 font-medium" title={object.key}>
        {name}
        {folder !== '' && (
          <span className="block truncate font-normal text-caption text-muted md:hidden">{folder}</span>
        )}
      </td>
      <td className="hidden truncate px-3 text-muted md:table-cell" title={folder}>
        {folder}
      </td>
      <td className="w-24 px-3 text-right">
        <Bytes bytes={object.sizeBytes} />
      </td>
      <td className="hidden truncate px-3 text-muted md:table-cell">
        <Moment atMs={object.binnedAtMs} />
      </td>
      <td className="hidden truncate px-3 text-muted md:table-cell">{object.binnedBy ?? '—'}</td>
      <td className="hidden truncate px-3 text-muted md:table-cell">
        <Moment atMs={object.goesAtMs} />
      </td>
    </tr>
  );
}

function BinBar({ selected, onRestore, onPurge }: BinListProps) {
  return (
    <section
      aria-label={t('files.selection')}
      className="sticky bottom-0 mt-auto flex flex-wrap items-center gap-2 border-line border-t bg-surface px-4 py-2 sm:px-6"
    >
      <span role="status" className="mr-auto text-table">
        {t('files.selected', { count: selected.size })}
      </span>
      <Button look="quiet" onPress={onRestore}>
        <RotateCcw size={16} aria-hidden="true" /> {t('operations.restore')}
      </Button>
      <Button look="quiet" onPress={onPurge}>
        <Trash2 size={16} aria-hidden="true" /> {t('operations.purge')}
      </Button>
    </section>
  );
}

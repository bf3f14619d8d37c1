import { ArrowDown, ArrowUp } from 'lucide-react';
import { t } from '../../../lib/i18n.ts';
import type { FilesSearch, SortColumn } from '../address.ts';
import type { FilesListState } from '../hooks/use-files-list.ts';
import { isEmpty } from '../selection.ts';
import { columnRole, headRole, ROW_GROUP } from './grid-roles.ts';
import { COLUMNS } from './grid-row.tsx';
import { PlainCheckbox } from './plain-checkbox.tsx';

interface GridHeadProps {
  readonly list: FilesListState;
  readonly search: Pick<FilesSearch, 'sort' | 'order'>;
  readonly onSort: (by: SortColumn) => void;
  readonly isReadOnly?: boolean;
}

/** Names of the columns; each sorts the whole list. */
export function GridHead({ list, search, onSort, isReadOnly = false }: GridHeadProps) {
  const { selection, total } = list;
  const count = selection.kind === 'everything' ? total : selection.items.size;
  const cell = (by: SortColumn, label: string, place: string) => {
    const isSorted = (search.sort ?? 'name') === by;
    const isFalling = search.order === 'desc';
    const Arrow = isFalling ? ArrowDown : ArrowUp;
    return (
      <span {...columnRole(isSorted ? (isFalling ? 'descending' : 'ascending') : 'none')} className={place}>
        <button
          type="button"
          onClick={() => onSort(by)}
          className="row-focus inline-flex h-7 cursor-default items-center gap-1 rounded-control px-1 hover:text-text"
        >
          {label}
          {isSorted && <Arrow size={12} aria-hidden="true" />}
        </button>
      </span>
    );
  };
  return (
    <div {...ROW_GROUP} className="sticky top-0 z-10">
      <div
        {...headRole()}
        className={`${COLUMNS} h-9 items-center border-line border-b bg-sunken px-4 font-medium text-caption text-muted sm:px-6`}
      >
        <span {...columnRole(undefined)} className="flex">
          {isReadOnly ? (
            <span className="sr-only">{t('files.type')}</span>
          ) : (
            <PlainCheckbox
              label={t('files.selectAll')}
              isSelected={count > 0 && count >= total}
              isIndeterminate={count > 0 && count < total}
              isInTabOrder
              onToggle={() => (isEmpty(selection) ? list.selectAll() : list.clear())}
            />
          )}
        </span>
        {cell('name', t('files.name'), 'pl-1')}
        {cell('size', t('common.size'), '-mr-1 text-right')}
        {cell('changed', t('files.changed'), 'hidden pl-5 md:block')}
        {cell('type', t('files.type'), 'hidden md:block')}
        <span {...columnRole(undefined)}>
          <span className="sr-only">{t('files.actions')}</span>
        </span>
      </div>
    </div>
  );
}

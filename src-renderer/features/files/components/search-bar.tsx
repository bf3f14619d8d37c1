import { LayoutGrid, Rows2, Rows3, Search, Undo2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { useDensity } from '../../../lib/display.ts';
import { t } from '../../../lib/i18n.ts';
import { type FilesSearch, viewOf } from '../address.ts';
import { FilterButton } from './filter-button.tsx';

/** Typing is waited for so long before the search begins. */
const TYPING_MS = 250;

interface SearchBarProps {
  readonly label: string;
  readonly search: FilesSearch;
  readonly onChange: (changes: Partial<FilesSearch>) => void;
  /** Deleted files can be shown. */
  readonly keepsVersions: boolean;
  /** The list can be shown in other ways. */
  readonly hasViews: boolean;
}

/** What is looked for, and how the list is shown; all of it stands in the address. */
export function SearchBar({ label, search, onChange, keepsVersions, hasViews }: SearchBarProps) {
  return (
    <search className="flex shrink-0 flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <NameField label={label} value={search.q ?? ''} onChange={(q) => onChange({ q: q === '' ? undefined : q })} />
      <FilterButton search={search} onChange={onChange} />
      {keepsVersions && (
        <Button
          look={search.deleted === true ? 'chosen' : 'quiet'}
          aria-pressed={search.deleted === true}
          onPress={() => onChange({ deleted: search.deleted === true ? undefined : true })}
        >
          <Undo2 size={16} aria-hidden="true" /> {t('files.showDeleted')}
        </Button>
      )}
      {hasViews && <ViewButtons search={search} onChange={onChange} />}
    </search>
  );
}

/** Pictures instead of rows; and rows that are closer together. */
function ViewButtons({ search, onChange }: Pick<SearchBarProps, 'search' | 'onChange'>) {
  const density = useDensity();
  const view = viewOf(search, density);
  const isGrid = view === 'grid';
  const isCompact = view === 'compact';
  /** What is as everywhere in this browser does not stand in the address. */
  const choose = (chosen: 'rows' | 'compact') =>
    onChange({ view: chosen === viewOf({ view: undefined }, density) ? undefined : chosen });
  const DensityIcon = isCompact ? Rows2 : Rows3;
  return (
    <>
      <Button
        look={isGrid ? 'chosen' : 'quiet'}
        square
        aria-label={t('files.gridView')}
        aria-pressed={isGrid}
        onPress={() => onChange({ view: isGrid ? undefined : 'grid' })}
      >
        <LayoutGrid size={16} aria-hidden="true" />
      </Button>
      <span className={isGrid ? 'hidden' : 'hidden sm:contents'}>
        <Button
          look="quiet"
          square
          aria-label={isCompact ? t('files.normalRows') : t('files.compactRows')}
          onPress={() => choose(isCompact ? 'rows' : 'compact')}
        >
          <DensityIcon size={16} aria-hidden="true" />
        </Button>
      </span>
    </>
  );
}

interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function NameField({ label, value, onChange }: NameFieldProps) {
  const [text, setText] = useState(value);
  const [settled, setSettled] = useState(value);
  // The address changed by itself: Back, or a cleared search.
  if (settled !== value) {
    setSettled(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <SearchField
      aria-label={label}
      value={text}
      onChange={setText}
      onSubmit={onChange}
      className="group relative flex w-full items-center sm:w-80"
    >
      <Search size={16} aria-hidden="true" className="pointer-events-none absolute left-2.5 text-muted" />
      <Input
        placeholder={label}
        data-search="files"
        className="h-9 w-full rounded-control border border-line-strong bg-surface pr-9 pl-8 text-body placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
      />
      <span className="absolute right-1 group-data-[empty]:hidden">
        <Button look="quiet" small square aria-label={t('files.clearSearch')}>
          <X size={14} aria-hidden="true" />
        </Button>
      </span>
    </SearchField>
  );
}

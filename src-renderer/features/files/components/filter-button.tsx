import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { type FileKind, fileKindSchema } from '../../../../src-server/contract/folder-view.ts';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { type FilesConditions, type FilesSearch, NO_CONDITIONS } from '../address.ts';

interface FilterButtonProps {
  readonly search: FilesConditions;
  readonly onChange: (changes: Partial<FilesSearch>) => void;
}

const FILE_KINDS = fileKindSchema.options;
const MEGABYTE = 1_000_000;
const FIELD = 'h-9 w-full min-w-0 rounded-control border border-line-strong bg-surface px-2 text-body';

/** Type, size, date and tag; each change is searched for at once. */
export function FilterButton({ search, onChange }: FilterButtonProps) {
  const { kind, min, max, since, until, tag } = search;
  // The fields hold what is typed into them: cleared, they are others.
  const [cleared, setCleared] = useState(0);
  const clear = () => {
    setCleared(cleared + 1);
    onChange({ ...NO_CONDITIONS, q: search.q });
  };
  const count = [kind, min, max, since, until, tag].filter((one) => one !== undefined).length;
  return (
    <DialogTrigger>
      <Button look={count > 0 ? 'chosen' : 'quiet'}>
        <ListFilter size={16} aria-hidden="true" />
        {count > 0 ? t('files.filtered', { count }) : t('files.filter')}
      </Button>
      <Popover className="opens w-88 max-w-[calc(100vw-16px)] rounded-popover border border-line bg-surface shadow-float">
        <Dialog aria-label={t('files.filter')} className="flex flex-col gap-4 p-4 outline-none">
          <FilterFields key={cleared} search={search} onChange={onChange} />
          <Button isDisabled={count === 0} onPress={clear}>
            {t('files.clearFilter')}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function FilterFields({ search, onChange }: FilterButtonProps) {
  return (
    <>
      <label className="flex flex-col gap-1 font-medium">
        {t('files.type')}
        <select
          value={search.kind ?? ''}
          onChange={({ target }) => onChange({ kind: FILE_KINDS.find((one) => one === target.value) })}
          className={`${FIELD} font-normal`}
        >
          <option value="">{t('files.anyType')}</option>
          {FILE_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {kindText(kind)}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="min-w-0">
        <legend className="mb-1 font-medium">{t('files.sizeInMb')}</legend>
        <div className="flex items-center gap-2">
          <SizeField label={t('files.atLeast')} bytes={search.min} onChange={(min) => onChange({ min })} />
          <span aria-hidden="true">–</span>
          <SizeField label={t('files.atMost')} bytes={search.max} onChange={(max) => onChange({ max })} />
        </div>
      </fieldset>
      <fieldset className="min-w-0">
        <legend className="mb-1 font-medium">{t('files.changed')}</legend>
        <div className="flex items-center gap-2">
          <DayField label={t('files.since')} day={search.since} onChange={(since) => onChange({ since })} />
          <span aria-hidden="true">–</span>
          <DayField label={t('files.until')} day={search.until} onChange={(until) => onChange({ until })} />
        </div>
      </fieldset>
      <label className="flex flex-col gap-1 font-medium">
        {t('files.tag')}
        <input
          defaultValue={search.tag ?? ''}
          placeholder={t('files.tagHint')}
          onChange={({ target }) => onChange({ tag: target.value.trim() === '' ? undefined : target.value.trim() })}
          className={`${FIELD} font-normal placeholder:text-muted`}
        />
      </label>
    </>
  );
}

function SizeField(props: { label: string; bytes: number | undefined; onChange: (bytes: number | undefined) => void }) {
  return (
    <input
      type="number"
      min={0}
      step="any"
      aria-label={props.label}
      placeholder={props.label}
      defaultValue={props.bytes === undefined ? '' : props.bytes / MEGABYTE}
      onChange={({ target }) =>
        props.onChange(target.value === '' ? undefined : Math.max(0, Math.round(target.valueAsNumber * MEGABYTE)))
      }
      className={`${FIELD} placeholder:text-muted`}
    />
  );
}

function DayField(props: { label: string; day: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <input
      type="date"
      aria-label={props.label}
      defaultValue={props.day ?? ''}
      onChange={({ target }) => props.onChange(target.value === '' ? undefined : target.value)}
      className={FIELD}
    />
  );
}

function kindText(kind: FileKind): string {
  switch (kind) {
    case 'image':
      return t('files.kindImage');
    case 'video':
      return t('files.kindVideo');
    case 'audio':
      return t('files.kindAudio');
    case 'document':
      return t('files.kindDocument');
    case 'text':
      return t('files.kindText');
    case 'archive':
      return t('files.kindArchive');
  }
}

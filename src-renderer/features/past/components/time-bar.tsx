import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { formatCount, formatMoment } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useMoments } from '../api/past-api.ts';
import { fromLocalInput, momentAt, toLocalInput } from '../local-time.ts';

interface TimeBarProps {
  readonly bucket: string;
  readonly prefix: string;
  readonly atMs: number;
  readonly onChange: (atMs: number) => void;
}

/** The slider waits so long for the hand to rest before the list follows. */
const REST_MS = 200;

/** Chooses the time: by the calendar, or step by step over the moments at which something changed. */
export function TimeBar({ bucket, prefix, atMs, onChange }: TimeBarProps) {
  const id = useId();
  const language = useLanguage();
  const { data } = useMoments(bucket, prefix);
  const moments = data?.moments ?? [];
  const index = momentAt(moments, atMs);
  const goTo = (to: number) => {
    const moment = moments[to];
    if (moment !== undefined) onChange(moment.atMs);
  };
  return (
    <section
      aria-label={t('past.time')}
      className="flex flex-col gap-3 border-line border-y bg-accent-soft px-4 py-3 sm:px-6"
    >
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <p role="status" className="min-w-0 text-body">
          <span className="block font-medium">{t('past.asOf', { when: formatMoment(atMs, language) })}</span>
          <span className="block text-caption text-muted">{t('past.readOnly')}</span>
        </p>
        <TimeInput id={id} atMs={atMs} onChange={onChange} />
      </div>
      {moments.length > 0 && (
        <div className="flex items-center gap-1">
          <Button
            look="quiet"
            square
            aria-label={t('past.earlier')}
            isDisabled={index <= 0}
            onPress={() => goTo(index - 1)}
          >
            <ChevronLeft size={18} aria-hidden="true" />
          </Button>
          <MomentSlider moments={moments} index={Math.max(0, index)} onChange={goTo} />
          <Button
            look="quiet"
            square
            aria-label={t('past.later')}
            isDisabled={index >= moments.length - 1}
            onPress={() => goTo(index + 1)}
          >
            <ChevronRight size={18} aria-hidden="true" />
          </Button>
        </div>
      )}
      {data?.isComplete === false && <p className="text-caption text-muted">{t('past.notAllMoments')}</p>}
      {data?.isComplete === true && (
        <p className="text-caption text-muted">
          {t('past.moments', { count: moments.length, shown: formatCount(moments.length, language) })}
        </p>
      )}
    </section>
  );
}

function TimeInput({ id, atMs, onChange }: Pick<TimeBarProps, 'atMs' | 'onChange'> & { readonly id: string }) {
  return (
    <label htmlFor={id} className="flex flex-col gap-1 text-caption text-muted">
      {t('past.dayAndTime')}
      <input
        key={atMs}
        id={id}
        type="datetime-local"
        step={1}
        defaultValue={toLocalInput(atMs)}
        max={toLocalInput(Date.now())}
        onBlur={({ currentTarget }) => take(currentTarget, atMs, onChange)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && take(currentTarget, atMs, onChange)}
        className="h-9 rounded-control border border-line-strong bg-surface px-2 text-body text-text"
      />
    </label>
  );
}

/** Only another second is another time; one to come is now. */
function take(input: HTMLInputElement, atMs: number, onChange: (atMs: number) => void): void {
  const chosen = fromLocalInput(input.value);
  if (chosen === undefined || input.value === toLocalInput(atMs)) return;
  onChange(Math.min(chosen, Date.now()));
}

interface MomentSliderProps {
  readonly moments: readonly { readonly atMs: number; readonly changes: number }[];
  readonly index: number;
  readonly onChange: (index: number) => void;
}

function MomentSlider({ moments, index, onChange }: MomentSliderProps) {
  const language = useLanguage();
  const [drawn, setDrawn] = useState<number>();
  const shown = drawn ?? index;
  useEffect(() => {
    if (drawn === undefined) return;
    const timer = setTimeout(() => {
      if (drawn !== index) onChange(drawn);
      setDrawn(undefined);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [drawn, index, onChange]);
  const moment = moments[shown];
  const text =
    moment === undefined ? '' : t('past.moment', { count: moment.changes, when: formatMoment(moment.atMs, language) });
  return (
    <span className="flex min-w-0 flex-1 flex-col">
      <input
        type="range"
        aria-label={t('past.slider')}
        aria-valuetext={text}
        min={0}
        max={Math.max(1, moments.length - 1)}
        value={moments.length === 1 ? 1 : shown}
        disabled={moments.length === 1}
        onChange={({ target }) => setDrawn(Number(target.value))}
        className="h-6 w-full cursor-pointer accent-accent"
      />
      <span aria-hidden="true" className="flex justify-between gap-4 text-caption text-muted">
        <span className="truncate">{text}</span>
      </span>
    </span>
  );
}

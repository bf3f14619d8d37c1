import { Plus, X } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';

export interface Pair {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** Pairs as a form edits them. */
export function pairsOf(given: readonly (readonly [name: string, value: string])[]): readonly Pair[] {
  return given.map(([name, value], id) => ({ id, name, value }));
}

interface PairFieldsProps {
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
  readonly nameLabel: string;
  readonly addText: string;
  readonly max: number;
}

const FIELD = 'h-8 min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-2 font-mono text-caption';

/** Names with values, one line each. */
export function PairFields({ pairs, onChange, nameLabel, addText, max }: PairFieldsProps) {
  const set = (id: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)));
  const nextId = Math.max(-1, ...pairs.map(({ id }) => id)) + 1;
  return (
    <div className="flex flex-col gap-2">
      {pairs.map((pair) => (
        <div key={pair.id} className="flex items-center gap-1">
          <input
            aria-label={nameLabel}
            value={pair.name}
            placeholder={nameLabel}
            onChange={({ target }) => set(pair.id, { name: target.value })}
            className={`${FIELD} placeholder:text-muted`}
          />
          <input
            aria-label={t('files.valueOf', { name: pair.name })}
            value={pair.value}
            placeholder={t('files.value')}
            onChange={({ target }) => set(pair.id, { value: target.value })}
            className={`${FIELD} placeholder:text-muted`}
          />
          <Button
            look="quiet"
            small
            square
            aria-label={t('files.removePair', { name: pair.name })}
            onPress={() => onChange(pairs.filter(({ id }) => id !== pair.id))}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          look="quiet"
          small
          isDisabled={pairs.length >= max}
          onPress={() => onChange([...pairs, { id: nextId, name: '', value: '' }])}
        >
          <Plus size={14} aria-hidden="true" /> {addText}
        </Button>
      </div>
    </div>
  );
}

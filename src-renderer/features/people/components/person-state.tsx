import type { Person } from '../../../../src-server/contract/people.ts';
import { t } from '../../../lib/i18n.ts';

const SHAPES = { active: ['●', 'text-fine'], invited: ['◐', 'text-working'], disabled: ['■', 'text-stopped'] } as const;

/** Shape, colour and word. */
export function PersonState({ state }: Pick<Person, 'state'>) {
  const [shape, colour] = SHAPES[state];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className={colour}>
        {shape}
      </span>
      {word(state)}
    </span>
  );
}

function word(state: Person['state']): string {
  switch (state) {
    case 'active':
      return t('people.active');
    case 'invited':
      return t('people.invited');
    case 'disabled':
      return t('people.disabled');
  }
}

import type { KeySummary } from '../../../../src-server/contract/keys.ts';
import { t } from '../../../lib/i18n.ts';

const SHAPES = { active: ['●', 'text-fine'], disabled: ['■', 'text-stopped'], expired: ['◌', 'text-unknown'] } as const;

/** Shape, colour and word. */
export function KeyState({ state }: Pick<KeySummary, 'state'>) {
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

function word(state: KeySummary['state']): string {
  switch (state) {
    case 'active':
      return t('keys.active');
    case 'disabled':
      return t('keys.disabled');
    case 'expired':
      return t('keys.expired');
  }
}

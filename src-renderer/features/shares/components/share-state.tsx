import type { Share } from '../../../../src-server/contract/shares.ts';
import { t } from '../../../lib/i18n.ts';

const SHAPES = {
  active: ['●', 'text-fine'],
  'used-up': ['◌', 'text-unknown'],
  expired: ['◌', 'text-unknown'],
  revoked: ['◌', 'text-unknown'],
  dead: ['▲', 'text-attention'],
} as const;

/** Shape, colour and word: does the link work, and why not. */
export function ShareState({ state }: { readonly state: Share['state'] }) {
  const [shape, colour] = SHAPES[state];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span aria-hidden="true" className={colour}>
        {shape}
      </span>
      {stateText(state)}
    </span>
  );
}

function stateText(state: Share['state']): string {
  switch (state) {
    case 'active':
      return t('shares.stateActive');
    case 'used-up':
      return t('shares.stateUsedUp');
    case 'expired':
      return t('shares.stateExpired');
    case 'revoked':
      return t('shares.stateRevoked');
    case 'dead':
      return t('shares.stateDead');
  }
}

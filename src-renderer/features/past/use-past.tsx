import { useNavigate } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { WideText } from '../../components/wide-text.tsx';
import { t } from '../../lib/i18n.ts';
import type { FilesExtension, FilesExtensionContext } from '../files/extension.ts';

/** The way from a folder to what it was, where the bucket keeps versions. */
export function usePast({ place }: FilesExtensionContext): FilesExtension {
  const navigate = useNavigate({ from: '/files/$bucket/$' });
  if (place.versioning === 'off') return {};
  return {
    toolbar: (
      <Button
        key="past"
        look="quiet"
        onPress={() => void navigate({ to: '.', search: ({ view }) => ({ view, at: Date.now() }) })}
      >
        <History size={16} aria-hidden="true" /> <WideText>{t('past.open')}</WideText>
      </Button>
    ),
  };
}

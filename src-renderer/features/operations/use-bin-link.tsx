import { Recycle } from 'lucide-react';
import { ButtonLink } from '../../components/button-link.tsx';
import { WideText } from '../../components/wide-text.tsx';
import { t } from '../../lib/i18n.ts';
import type { FilesExtension, FilesExtensionContext } from '../files/extension.ts';

/** The way from a bucket's files to its bin. */
export function useBinLink({ place }: FilesExtensionContext): FilesExtension {
  return {
    toolbar: (
      <ButtonLink key="bin" to="/bin/$bucket" params={{ bucket: place.bucket }} look="quiet">
        <Recycle size={16} aria-hidden="true" /> <WideText>{t('operations.bin')}</WideText>
      </ButtonLink>
    ),
  };
}

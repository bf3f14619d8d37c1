import { FolderUp, Upload } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { WideText } from '../../../components/wide-text.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChooser } from '../../transfers/components/file-inputs.tsx';
import { upload } from '../../transfers/start.ts';

/** Chooses files or a folder of this computer, to be uploaded there. */
export function UploadButton({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }) {
  const chooser = useChooser((given) => void upload(given, { bucket, prefix }));
  return (
    <>
      {chooser.elements}
      {/* Phones have no folders to choose. */}
      <span className="hidden sm:contents">
        <Button onPress={chooser.chooseFolder}>
          <FolderUp size={16} aria-hidden="true" /> <WideText>{t('files.uploadFolder')}</WideText>
        </Button>
      </span>
      <Button look="primary" onPress={chooser.chooseFiles}>
        <Upload size={16} aria-hidden="true" /> <WideText>{t('files.upload')}</WideText>
      </Button>
    </>
  );
}

import { FolderUp, Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import type { FileToUpload } from '../../uploads/hooks/upload-queue.ts';

/** Chooses files or a folder of this computer. */
export function UploadButton({ onFiles }: { readonly onFiles: (files: readonly FileToUpload[]) => void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  // React knows no such property of an input.
  const askForFolder = (element: HTMLInputElement | null) => {
    folder.current = element;
    if (element !== null) element.webkitdirectory = true;
  };
  const take = (input: HTMLInputElement) => {
    onFiles([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
    input.value = '';
  };
  const input = { type: 'file', multiple: true, hidden: true, tabIndex: -1 } as const;
  return (
    <>
      <input {...input} ref={files} data-upload="files" onChange={(event) => take(event.currentTarget)} />
      <input {...input} ref={askForFolder} data-upload="folder" onChange={(event) => take(event.currentTarget)} />
      {/* Phones have no folders to choose. */}
      <span className="hidden sm:contents">
        <Button onPress={() => folder.current?.click()}>
          <FolderUp size={16} aria-hidden="true" /> {t('files.uploadFolder')}
        </Button>
      </span>
      <Button look="primary" onPress={() => files.current?.click()}>
        <Upload size={16} aria-hidden="true" /> {t('files.upload')}
      </Button>
    </>
  );
}

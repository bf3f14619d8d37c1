import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { useDeleteFiles } from '../api/use-folder.ts';

interface DeleteFilesDialogProps {
  readonly bucket: string;
  readonly keys: readonly string[];
  readonly keepsVersions: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Says what survives before it deletes. */
export function DeleteFilesDialog(props: DeleteFilesDialogProps) {
  const remove = useDeleteFiles(props.bucket);
  const count = props.keys.length;
  const submit = () =>
    remove.mutate(props.keys, {
      onSuccess: ({ deleted, failed }) => {
        if (deleted > 0) toast('note', t('files.deleted', { count: deleted }));
        const first = failed[0];
        if (first !== undefined)
          toast('error', t('files.notDeleted', { count: failed.length, key: first.key, reason: first.message }));
        props.onDeleted();
        props.onClose();
      },
    });
  return (
    <Dialog title={t('files.deleteTitle', { count })} isOpen={props.isOpen} onClose={props.onClose}>
      <p className="text-muted">{props.keepsVersions ? t('files.deleteKept') : t('files.deleteGone')}</p>
      <FormError error={remove.error} />
      <DialogButtons>
        <Button onPress={props.onClose}>{t('common.cancel')}</Button>
        <Button look="danger" onPress={submit} isPending={remove.isPending} autoFocus>
          {t('files.delete')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

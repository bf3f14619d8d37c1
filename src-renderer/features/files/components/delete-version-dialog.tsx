import type { ObjectVersion } from '../../../../src-server/contract/object-versions.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { toast } from '../../../components/toast.tsx';
import { formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useDeleteVersions } from '../api/use-details.ts';
import { outcomeText } from '../outcome-text.ts';

interface DeleteVersionDialogProps {
  readonly bucket: string;
  readonly objectKey: string;
  readonly version: ObjectVersion | undefined;
  /** Versions and markers beside it. */
  readonly others: number;
  readonly onClose: () => void;
}

/** Says what is lost and what stays, before it is lost. */
export function DeleteVersionDialog({ bucket, objectKey, version, others, onClose }: DeleteVersionDialogProps) {
  const language = useLanguage();
  const remove = useDeleteVersions(bucket);
  const close = () => {
    remove.reset();
    onClose();
  };
  const isMarker = version?.kind === 'marker';
  const submit = () => {
    if (version === undefined) return;
    remove.mutate([{ key: objectKey, versionId: version.versionId }], {
      onSuccess: (outcome) => {
        if (outcome.failed.length > 0) toast('error', outcomeText(outcome));
        close();
      },
    });
  };
  const text = () => {
    if (isMarker) return version.isCurrent ? t('files.deleteMarkerCurrent') : t('files.deleteMarkerOld');
    if (others === 0) return t('files.deleteOnlyVersion');
    return version?.isCurrent === true
      ? t('files.deleteCurrentVersion', { count: others })
      : t('files.deleteOldVersion', { count: others });
  };
  return (
    <Dialog
      title={isMarker ? t('files.deleteMarkerTitle') : t('files.deleteVersionTitle')}
      isOpen={version !== undefined}
      onClose={close}
    >
      {version !== undefined && (
        <>
          <p>{formatExactTime(version.modifiedAtMs, language)}</p>
          <p className="text-muted">{text()}</p>
        </>
      )}
      <FormError error={remove.error} />
      <DialogButtons>
        <Button onPress={close}>{t('common.cancel')}</Button>
        <Button look="danger" onPress={submit} isPending={remove.isPending} autoFocus>
          {t('files.deleteForGood')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

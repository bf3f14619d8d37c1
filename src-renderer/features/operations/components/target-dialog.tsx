import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { t } from '../../../lib/i18n.ts';
import type { Conflict, PickedFolder } from '../orders.ts';
import { FolderPicker } from './folder-picker.tsx';

interface TargetDialogProps {
  readonly kind: 'copy' | 'move';
  readonly count: number;
  readonly start: PickedFolder;
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onChoose: (folder: PickedFolder, conflict: Conflict) => void;
}

/** Asks where to, and what to do with names that are taken there. */
export function TargetDialog(props: TargetDialogProps) {
  const { kind, count } = props;
  const title = kind === 'copy' ? t('operations.copyDialog', { count }) : t('operations.moveDialog', { count });
  return (
    <Dialog title={title} isOpen={props.isOpen} onClose={props.onClose}>
      <TargetForm {...props} />
    </Dialog>
  );
}

function TargetForm({ kind, start, isPending, error, onClose, onChoose }: TargetDialogProps) {
  const [folder, setFolder] = useState<PickedFolder>(start);
  const [conflict, setConflict] = useState<Conflict>('keep-both');
  const isSame = folder.bucket === start.bucket && folder.prefix === start.prefix;
  return (
    <>
      <FolderPicker folder={folder} onFolder={setFolder} />
      <ChoiceGroup
        label={t('operations.conflict')}
        choices={[
          { value: 'keep-both', label: t('operations.keepBoth') },
          { value: 'replace', label: t('operations.replace') },
          { value: 'skip', label: t('operations.skip') },
          { value: 'fail', label: t('operations.fail') },
        ]}
        value={conflict}
        onChange={setConflict}
        inRow
      />
      <FormError error={error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          isPending={isPending}
          isDisabled={folder.bucket === undefined || (isSame && (kind === 'move' || conflict !== 'keep-both'))}
          onPress={() => onChoose(folder, conflict)}
        >
          {kind === 'copy' ? t('operations.copyHere') : t('operations.moveHere')}
        </Button>
      </DialogButtons>
    </>
  );
}

import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Share } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeShare } from '../api/use-shares.ts';
import { nameOfShare, sentenceOf } from '../share-terms.ts';
import { draftOf, problemOf, termsOf } from '../terms-draft.ts';
import { TermsFields } from './terms-fields.tsx';

/** Changes the terms of a link; its address stays. */
export function EditShareDialog(props: { readonly share: Share | undefined; readonly onClose: () => void }) {
  const { share, onClose } = props;
  return (
    <Dialog title={t('shares.editTitle')} isOpen={share !== undefined} onClose={onClose}>
      {share !== undefined && <EditForm share={share} onClose={onClose} />}
    </Dialog>
  );
}

function EditForm({ share, onClose }: { readonly share: Share; readonly onClose: () => void }) {
  const change = useChangeShare();
  const [draft, setDraft] = useState(() => draftOf(share));
  const [dropsPassword, setDropsPassword] = useState(false);
  const isUpload = share.kind === 'upload';
  const hasEnd = draft.date !== draftOf(share).date || draft.expiry !== 'date';
  // The end of a link that has ended may stay as it is.
  const problem = problemOf(draft, isUpload, hasEnd ? Date.now() : 0);
  const password = draft.password !== '' ? { password: draft.password } : dropsPassword ? { password: null } : {};
  const hasPassword = draft.password !== '' || (share.hasPassword && !dropsPassword);
  const submit = () => {
    if (problem !== undefined) return;
    const { expiresAtMs, ...terms } = termsOf(draft, isUpload, Date.now());
    const asked = { id: share.id, ...terms, ...password, ...(hasEnd ? { expiresAtMs } : {}) };
    change.mutate(asked, { onSuccess: onClose });
  };
  const subject = { name: nameOfShare(share), isUpload, hasPassword };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TermsFields
        draft={draft}
        onChange={setDraft}
        problem={problem}
        isUpload={isUpload}
        hasPassword={share.hasPassword}
      />
      {share.hasPassword && (
        <Checkbox isSelected={dropsPassword} onChange={setDropsPassword} label={t('shares.dropPassword')} />
      )}
      {problem === undefined && (
        <p role="status" className="rounded-control bg-sunken p-3 text-table">
          {sentenceOf(termsOf(draft, isUpload, Date.now()), subject)}
        </p>
      )}
      <FormError error={change.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={change.isPending}>
          {t('common.save')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Share } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { toast } from '../../../components/toast.tsx';
import { copyText } from '../../../lib/copy-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useCreateShare, useShareFacts } from '../api/use-shares.ts';
import { linkOf } from '../share-link.ts';
import { sentenceOf } from '../share-terms.ts';
import { NEW_DRAFT, problemOf, type TermsDraft, termsOf } from '../terms-draft.ts';
import { HereOnly } from './here-only.tsx';
import { MadeLink } from './made-link.tsx';
import { TermsFields } from './terms-fields.tsx';

/** What a link is to be made to. */
export interface ShareSubject {
  readonly bucket: string;
  /** Keys, and folders with a `/` at the end; of an upload request the one folder it fills. */
  readonly items: readonly string[];
  /** As people call it. */
  readonly name: string;
  readonly isUpload: boolean;
}

interface ShareDialogProps {
  readonly subject: ShareSubject | undefined;
  readonly onClose: () => void;
}

/** Makes a link and copies it: Enter does, with what the sentence says. */
export function ShareDialog({ subject, onClose }: ShareDialogProps) {
  const title =
    subject?.isUpload === true ? t('shares.requestTitle') : t('shares.title', { name: subject?.name ?? '' });
  return (
    <Dialog title={title} isOpen={subject !== undefined} onClose={onClose}>
      {subject !== undefined && <ShareForm subject={subject} onClose={onClose} />}
    </Dialog>
  );
}

function ShareForm({ subject, onClose }: { readonly subject: ShareSubject; readonly onClose: () => void }) {
  const { name, isUpload } = subject;
  const create = useCreateShare();
  const facts = useShareFacts();
  const [draft, setDraft] = useState<TermsDraft>(NEW_DRAFT);
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<Share>();
  const nowMs = Date.now();
  const problem = problemOf(draft, isUpload, nowMs);
  if (made !== undefined) return <MadeLink share={made} onClose={onClose} />;
  const submit = async () => {
    setTried(true);
    if (problem !== undefined) return;
    const password = draft.password === '' ? null : draft.password;
    const { bucket, items } = subject;
    const asked = { bucket, items: [...items], isUpload, password, ...termsOf(draft, isUpload, Date.now()) };
    try {
      const share = await create.mutateAsync(asked);
      setMade(share);
      if (share.path !== null && (await copyText(linkOf(share.path, facts.data)))) toast('note', t('shares.copied'));
    } catch {
      // The form shows it.
    }
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TermsFields draft={draft} onChange={setDraft} problem={tried ? problem : undefined} isUpload={isUpload} />
      {problem === undefined && (
        <p role="status" className="rounded-control bg-sunken p-3 text-table">
          {sentenceOf(termsOf(draft, isUpload, nowMs), { name, isUpload, hasPassword: draft.password !== '' })}
        </p>
      )}
      <HereOnly facts={facts.data} />
      <FormError error={create.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={create.isPending} autoFocus>
          {t('shares.create')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

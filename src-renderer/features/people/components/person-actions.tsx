import { useState } from 'react';
import type { Person } from '../../../../src-server/contract/people.ts';
import { Button } from '../../../components/button.tsx';
import { ButtonLink } from '../../../components/button-link.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useChangePerson, useEndSessionsOf, useMakePasswordLink, useResetSecondFactor } from '../api/use-people.ts';
import { DeletePersonDialog } from './delete-person-dialog.tsx';
import { EditPersonDialog } from './edit-person-dialog.tsx';
import { PasswordLinkView } from './password-link-view.tsx';

interface PersonActionsProps {
  readonly person: Person;
  readonly heirs: readonly string[];
  readonly onDeleted: () => void;
}

type Open = 'edit' | 'delete' | 'disable' | 'second-factor';

/** What an admin can do with a person; with oneself on the own account's page. */
export function PersonActions({ person, heirs, onDeleted }: PersonActionsProps) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const edit = <Button onPress={() => setOpen('edit')}>{t('people.edit')}</Button>;
  return (
    <div className="mt-auto flex flex-wrap gap-2 border-line border-t px-4 py-4">
      {edit}
      {person.isYou ? (
        <ButtonLink to="/account">{t('account.title')}</ButtonLink>
      ) : (
        <>
          <PasswordLinkButton person={person} />
          <EndSessionsButton person={person} />
          {person.hasSecondFactor && (
            <Button onPress={() => setOpen('second-factor')}>{t('people.resetSecondFactor')}</Button>
          )}
          <StateButton person={person} onDisable={() => setOpen('disable')} />
          <Button onPress={() => setOpen('delete')}>{t('people.delete')}</Button>
        </>
      )}
      <EditPersonDialog person={person} isOpen={open === 'edit'} onClose={close} />
      <DeletePersonDialog
        person={person}
        heirs={heirs}
        isOpen={open === 'delete'}
        onClose={close}
        onDeleted={onDeleted}
      />
      <DisableDialog person={person} isOpen={open === 'disable'} onClose={close} />
      <ResetDialog person={person} isOpen={open === 'second-factor'} onClose={close} />
    </div>
  );
}

function PasswordLinkButton({ person }: { readonly person: Person }) {
  const make = useMakePasswordLink(person.name);
  const text = person.hasPassword ? t('people.resetPassword') : t('people.newLink');
  const close = () => make.reset();
  if (person.state === 'disabled') return null;
  return (
    <>
      <Button
        isPending={make.isPending}
        onPress={() => make.mutate(undefined, { onError: (error) => toast('error', errorText(error)) })}
      >
        {text}
      </Button>
      <Dialog title={text} isOpen={make.data !== undefined} onClose={close} stays>
        {make.data !== undefined && <PasswordLinkView link={make.data} onDone={close} />}
      </Dialog>
    </>
  );
}

function EndSessionsButton({ person }: { readonly person: Person }) {
  const end = useEndSessionsOf(person.name);
  return (
    <Button
      isPending={end.isPending}
      onPress={() =>
        end.mutate(undefined, {
          onSuccess: () => toast('note', t('people.sessionsEnded')),
          onError: (error) => toast('error', errorText(error)),
        })
      }
    >
      {t('people.endSessions')}
    </Button>
  );
}

function StateButton({ person, onDisable }: { readonly person: Person; readonly onDisable: () => void }) {
  const change = useChangePerson(person.name);
  if (person.state !== 'disabled') return <Button onPress={onDisable}>{t('people.disable')}</Button>;
  return (
    <Button
      isPending={change.isPending}
      onPress={() => change.mutate({ state: 'active' }, { onError: (error) => toast('error', errorText(error)) })}
    >
      {t('people.enable')}
    </Button>
  );
}

interface QuestionProps {
  readonly person: Person;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function DisableDialog({ person, isOpen, onClose }: QuestionProps) {
  const change = useChangePerson(person.name);
  return (
    <ConfirmDialog
      title={t('people.disable')}
      text={t('people.disableText', { name: person.name })}
      action={t('people.disable')}
      isOpen={isOpen}
      isPending={change.isPending}
      error={change.error}
      onClose={() => {
        change.reset();
        onClose();
      }}
      onConfirm={() => change.mutate({ state: 'disabled' }, { onSuccess: onClose })}
    />
  );
}

function ResetDialog({ person, isOpen, onClose }: QuestionProps) {
  const reset = useResetSecondFactor(person.name);
  return (
    <ConfirmDialog
      title={t('people.resetSecondFactor')}
      text={t('people.resetSecondFactorText', { name: person.name })}
      action={t('people.resetSecondFactor')}
      isOpen={isOpen}
      isPending={reset.isPending}
      error={reset.error}
      onClose={() => {
        reset.reset();
        onClose();
      }}
      onConfirm={() => reset.mutate(undefined, { onSuccess: onClose })}
    />
  );
}

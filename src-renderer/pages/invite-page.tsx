import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { passwordSchema } from '../../src-server/contract/people.ts';
import { Button } from '../components/button.tsx';
import { ButtonLink } from '../components/button-link.tsx';
import { EntryPage } from '../components/entry-page.tsx';
import { FormError } from '../components/form-error.tsx';
import { LoadingRows } from '../components/states.tsx';
import { TextField } from '../components/text-field.tsx';
import { useChoosePassword, usePasswordLink } from '../features/session/api/use-password-link.ts';
import { useSignIn } from '../features/session/api/use-session.ts';
import { errorText } from '../lib/error-text.ts';
import { t } from '../lib/i18n.ts';

/** Where a link to choose a password leads. Its token is behind `#`: no server and no log of addresses was sent it. */
export function InvitePage() {
  const [token] = useState(() => location.hash.slice(1));
  const link = usePasswordLink(token);
  if (token === '' || link.isError) {
    return (
      <EntryPage title={t('invite.goneTitle')} text={token === '' ? t('invite.gone') : errorText(link.error)}>
        <ButtonLink to="/sign-in">{t('signIn.submit')}</ButtonLink>
      </EntryPage>
    );
  }
  if (link.data === undefined) return <LoadingRows />;
  const { userName, displayName, purpose } = link.data;
  const title = purpose === 'invite' ? t('invite.title', { name: displayName ?? userName }) : t('invite.resetTitle');
  return (
    <EntryPage title={title} text={t('invite.text', { name: userName })}>
      <ChooseForm token={token} userName={userName} />
    </EntryPage>
  );
}

function ChooseForm({ token, userName }: { readonly token: string; readonly userName: string }) {
  const navigate = useNavigate();
  const choose = useChoosePassword(token);
  const signIn = useSignIn();
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const isGood = passwordSchema.safeParse(password).success;
  const enter = () =>
    signIn.mutate(
      { name: userName, password },
      {
        onSuccess: () => void navigate({ to: '/', replace: true }),
        // A code is wanted, or the way is closed for a while: the password stands in any case.
        onError: () => void navigate({ to: '/sign-in', replace: true }),
      },
    );
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isGood) choose.mutate(password, { onSuccess: enter });
      }}
    >
      <input type="text" hidden readOnly autoComplete="username" value={userName} />
      <TextField
        label={t('account.newPassword')}
        hint={t('claim.passwordRule')}
        error={tried && !isGood ? t('claim.passwordRule') : undefined}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        autoFocus
      />
      <FormError error={choose.error} />
      <Button type="submit" look="primary" wide isPending={choose.isPending || signIn.isPending}>
        {t('invite.submit')}
      </Button>
    </Form>
  );
}

import { Navigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { EntryPage } from '../components/entry-page.tsx';
import { FormError } from '../components/form-error.tsx';
import { TextField } from '../components/text-field.tsx';
import { useIsClaimed, useSession, useSignIn } from '../features/session/api/use-session.ts';
import { ApiError } from '../lib/api.ts';
import { t } from '../lib/i18n.ts';

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const session = useSession();
  const isClaimed = useIsClaimed().data;
  const signIn = useSignIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string>();
  if (session.data && !signIn.isPending) return <GoOn to={next ?? '/'} />;
  if (isClaimed === false) return <Navigate to="/claim" />;
  const asksForCode = signIn.error instanceof ApiError && signIn.error.code === 'CodeNeeded';
  const submit = () =>
    signIn.mutate(
      { name, password, ...(code === undefined ? {} : { code }) },
      {
        onError: (error) => {
          if (error instanceof ApiError && error.code === 'CodeNeeded') setCode('');
        },
      },
    );
  return (
    <EntryPage title={t('signIn.title')}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField label={t('signIn.name')} value={name} onChange={setName} autoComplete="username" autoFocus />
        <TextField
          label={t('signIn.password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        {code !== undefined && (
          <TextField
            label={t('account.code')}
            hint={t('signIn.codeHint')}
            value={code}
            onChange={setCode}
            autoComplete="one-time-code"
            mono
            autoFocus
          />
        )}
        <FormError error={asksForCode ? null : signIn.error} />
        <Button
          type="submit"
          look="primary"
          wide
          isDisabled={name === '' || password === '' || code === ''}
          isPending={signIn.isPending}
        >
          {t('signIn.submit')}
        </Button>
      </Form>
    </EntryPage>
  );
}

/** To the address that was wanted first, filters and all. */
function GoOn({ to }: { readonly to: string }) {
  const { history } = useRouter();
  useEffect(() => history.replace(to), [history, to]);
  return null;
}

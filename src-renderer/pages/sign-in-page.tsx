import { Navigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { EntryPage } from '../components/entry-page.tsx';
import { FormError } from '../components/form-error.tsx';
import { TextField } from '../components/text-field.tsx';
import { useIsClaimed, useSession, useSignIn } from '../features/session/api/use-session.ts';
import { t } from '../lib/i18n.ts';

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const session = useSession();
  const isClaimed = useIsClaimed().data;
  const signIn = useSignIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  if (session.data && !signIn.isPending) return <Navigate to="/buckets" />;
  if (isClaimed === false) return <Navigate to="/claim" />;
  const submit = () =>
    signIn.mutate({ name, password }, { onSuccess: () => router.history.replace(next ?? '/buckets') });
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
        <FormError error={signIn.error} />
        <Button
          type="submit"
          look="primary"
          wide
          isDisabled={name === '' || password === ''}
          isPending={signIn.isPending}
        >
          {t('signIn.submit')}
        </Button>
      </Form>
    </EntryPage>
  );
}

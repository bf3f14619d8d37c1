import { Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { setupRequestSchema } from '../../src-server/contract/setup.ts';
import { Button } from '../components/button.tsx';
import { ChoiceGroup } from '../components/choice-group.tsx';
import { EntryPage } from '../components/entry-page.tsx';
import { FormError } from '../components/form-error.tsx';
import { TextField } from '../components/text-field.tsx';
import { useClaim, useIsClaimed } from '../features/session/api/use-session.ts';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, t, useLanguage } from '../lib/i18n.ts';

/**
 * The token that the desktop app put into the address's fragment, which is sent nowhere; it is taken out of the address, so
 * that it stays in no history. Empty where there is none.
 */
function takeHandedToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token !== '') history.replaceState(history.state, '', location.pathname);
  return token;
}

/** Once: the address no longer has it afterwards. */
const handedToken = takeHandedToken();

/** First run: the token proves that the person can read the server's disk; then the first admin is made. */
export function ClaimPage() {
  const navigate = useNavigate();
  const language = useLanguage();
  const claim = useClaim();
  const isClaimed = useIsClaimed().data;
  const [tried, setTried] = useState(false);
  const [given, setGiven] = useState({ token: handedToken, name: '', password: '' });
  const checked = setupRequestSchema.safeParse({ ...given, token: given.token.trim() });
  if (isClaimed === true && claim.isIdle) return <Navigate to="/sign-in" />;
  const wrong = (field: string) =>
    tried && !checked.success && checked.error.issues.some((issue) => issue.path[0] === field);
  const set = (field: keyof typeof given) => (value: string) => setGiven((old) => ({ ...old, [field]: value }));
  const submit = () => {
    setTried(true);
    if (checked.success) claim.mutate(checked.data, { onSuccess: () => void navigate({ to: '/welcome' }) });
  };
  return (
    <EntryPage title={t('claim.title')} text={t('claim.text')}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <ChoiceGroup
          label={t('language.title')}
          inRow
          value={language}
          onChange={(chosen) => void chooseLanguage(chosen)}
          choices={LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one] }))}
        />
        {handedToken === '' && (
          <TextField
            label={t('claim.token')}
            hint={t('claim.tokenHint')}
            error={wrong('token') ? t('claim.tokenHint') : undefined}
            value={given.token}
            onChange={set('token')}
            mono
            autoFocus
            autoComplete="off"
          />
        )}
        <TextField
          label={t('signIn.name')}
          error={wrong('name') ? t('claim.nameRule') : undefined}
          value={given.name}
          autoFocus={handedToken !== ''}
          onChange={set('name')}
          autoComplete="username"
        />
        <TextField
          label={t('signIn.password')}
          hint={t('claim.passwordRule')}
          error={wrong('password') ? t('claim.passwordRule') : undefined}
          type="password"
          value={given.password}
          onChange={set('password')}
          autoComplete="new-password"
        />
        <FormError error={claim.error} />
        <Button type="submit" look="primary" wide isPending={claim.isPending}>
          {t('claim.submit')}
        </Button>
      </Form>
    </EntryPage>
  );
}

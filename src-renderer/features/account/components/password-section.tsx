import { useState } from 'react';
import { Form } from 'react-aria-components';
import { changePasswordSchema } from '../../../../src-server/contract/account.ts';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { toast } from '../../../components/toast.tsx';
import { useInPlace } from '../../../components/use-in-place.ts';
import { t } from '../../../lib/i18n.ts';
import { useChangePassword } from '../api/use-account.ts';
import { Section } from './section.tsx';

/** Another password, for who knows the old one. */
export function PasswordSection() {
  const change = useChangePassword();
  const { isOpen, open, close: leave, opener, place } = useInPlace();
  const [given, setGiven] = useState({ oldPassword: '', newPassword: '' });
  const [tried, setTried] = useState(false);
  const checked = changePasswordSchema.safeParse(given);
  const close = () => {
    leave();
    setTried(false);
    setGiven({ oldPassword: '', newPassword: '' });
    change.reset();
  };
  const done = () => {
    toast('note', t('account.passwordChanged'));
    close();
  };
  if (!isOpen) {
    const action = (
      <Button ref={opener} onPress={open}>
        {t('account.changePassword')}
      </Button>
    );
    return (
      <Section title={t('account.password')} anchor="password" action={action}>
        <p className="text-muted">{t('account.passwordText')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('account.password')} anchor="password">
      <div ref={place} tabIndex={-1}>
        <Form
          className="flex max-w-100 flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (checked.success) change.mutate(checked.data, { onSuccess: done });
          }}
        >
          <TextField
            label={t('account.oldPassword')}
            type="password"
            value={given.oldPassword}
            onChange={(oldPassword) => setGiven((old) => ({ ...old, oldPassword }))}
            autoComplete="current-password"
          />
          <TextField
            label={t('account.newPassword')}
            hint={t('claim.passwordRule')}
            error={tried && !checked.success ? t('claim.passwordRule') : undefined}
            type="password"
            value={given.newPassword}
            onChange={(newPassword) => setGiven((old) => ({ ...old, newPassword }))}
            autoComplete="new-password"
          />
          <FormError error={change.error} />
          <div className="flex gap-2">
            <Button type="submit" look="primary" isPending={change.isPending}>
              {t('account.changePassword')}
            </Button>
            <Button onPress={close}>{t('common.cancel')}</Button>
          </div>
        </Form>
      </div>
    </Section>
  );
}

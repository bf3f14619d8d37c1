import { useState } from 'react';
import { Form } from 'react-aria-components';
import { type Account, updateAccountSchema } from '../../../../src-server/contract/account.ts';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeAccount } from '../api/use-account.ts';
import { Section } from './section.tsx';

/** Name and e-mail, which one changes oneself. */
export function ProfileSection({ account }: { readonly account: Account }) {
  const change = useChangeAccount();
  const [displayName, setDisplayName] = useState(account.displayName ?? '');
  const [email, setEmail] = useState(account.email ?? '');
  const given = {
    displayName: displayName.trim() === '' ? null : displayName.trim(),
    email: email.trim() === '' ? null : email.trim(),
  };
  const checked = updateAccountSchema.safeParse(given);
  const isSame = given.displayName === account.displayName && given.email === account.email;
  return (
    <Section title={t('account.you')} anchor="you">
      <Form
        className="flex max-w-100 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (checked.success) change.mutate(checked.data, { onSuccess: () => toast('note', t('account.saved')) });
        }}
      >
        <TextField label={t('people.displayName')} value={displayName} onChange={setDisplayName} autoComplete="name" />
        <TextField
          label={t('people.email')}
          error={checked.success ? undefined : t('people.emailRule')}
          value={email}
          onChange={setEmail}
          autoComplete="email"
        />
        <FormError error={change.error} />
        <div>
          <Button type="submit" isDisabled={isSame || !checked.success} isPending={change.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

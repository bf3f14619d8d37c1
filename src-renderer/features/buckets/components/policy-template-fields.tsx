import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { usePeople } from '../../people/api/use-people.ts';
import { useSession } from '../../session/api/use-session.ts';
import { POLICY_TEMPLATES, type PolicyTemplate, templateText } from '../policy-templates.ts';

interface Props {
  readonly bucket: string;
  readonly onChosen: (text: string) => void;
}

/** A policy to begin with; what it needs to know is asked beside it. */
export function PolicyTemplateFields({ bucket, onChosen }: Props) {
  const [template, setTemplate] = useState<PolicyTemplate>('user-reads');
  const [who, setWho] = useState('');
  const [prefix, setPrefix] = useState('');
  const namesUser = template === 'user-reads' || template === 'user-writes';
  return (
    <div className="flex flex-wrap items-end gap-3 rounded-control bg-sunken p-3">
      <div className="min-w-0 flex-1 basis-52">
        <SelectField
          label={t('bucketAccess.template')}
          options={POLICY_TEMPLATES.map((value) => ({ value, label: templateName(value) }))}
          value={template}
          onChange={setTemplate}
        />
      </div>
      {namesUser && (
        <div className="min-w-0 flex-1 basis-52">
          <WhoField value={who} onChange={setWho} />
        </div>
      )}
      {template === 'user-writes' && (
        <div className="min-w-0 flex-1 basis-40">
          <TextField label={t('bucketAccess.templatePrefix')} mono value={prefix} onChange={setPrefix} />
        </div>
      )}
      <Button
        isDisabled={namesUser && who === ''}
        onPress={() => onChosen(templateText(template, { bucket, who, prefix }))}
      >
        {t('bucketAccess.templateUse')}
      </Button>
    </div>
  );
}

/** Admins choose from those they manage; others type the name that policies go by. */
function WhoField({ value, onChange }: { readonly value: string; readonly onChange: (arn: string) => void }) {
  const role = useSession().data?.role;
  const people = usePeople(role === 'root' || role === 'admin').data?.people;
  if (people === undefined || people.length === 0) {
    return <TextField label={t('bucketAccess.templateArn')} mono value={value} onChange={onChange} />;
  }
  const options = people.map(({ arn, name, displayName }) => ({
    value: arn,
    label: displayName === null ? name : `${displayName} (${name})`,
  }));
  return (
    <SelectField
      label={t('bucketAccess.templateWho')}
      options={[{ value: '', label: t('bucketAccess.templateWhoNone') }, ...options]}
      value={value}
      onChange={onChange}
    />
  );
}

function templateName(template: PolicyTemplate): string {
  switch (template) {
    case 'everybody-reads':
      return t('bucketAccess.templateEverybody');
    case 'user-reads':
      return t('bucketAccess.templateReads');
    case 'user-writes':
      return t('bucketAccess.templateWrites');
    case 'only-encrypted':
      return t('bucketAccess.templateTls');
  }
}

import { Link } from '@tanstack/react-router';
import { Trash2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { HolderPolicies } from '../../../../src-server/contract/holder-policies.ts';
import { Button } from '../../../components/button.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { PanelSection } from '../../../components/side-panel.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import {
  type Holder,
  useAttachPolicy,
  useDeleteInlinePolicy,
  useDetachPolicy,
  useHolderPolicies,
  useSetBoundary,
} from '../api/use-holder-policies.ts';
import { usePolicies } from '../api/use-policies.ts';
import { IamError } from './iam-error.tsx';
import { InlinePolicyDialog } from './inline-policy-dialog.tsx';

/** What policies say of a user, group or role, each to be changed in place. */
export function HolderPoliciesSections({ holder }: { readonly holder: Holder }) {
  const held = useHolderPolicies(holder);
  if (held.isPending) return <LoadingRows />;
  if (held.isError) return <ErrorState error={held.error} onRetry={() => void held.refetch()} />;
  return (
    <>
      {holder.kind === 'user' && <Groups names={held.data.groups} />}
      <Attached holder={holder} attached={held.data.attached} />
      <Inline holder={holder} inline={held.data.inline} />
      {holder.kind !== 'group' && <Boundary holder={holder} arn={held.data.boundary} />}
    </>
  );
}

function Groups({ names }: { readonly names: readonly string[] }) {
  return (
    <PanelSection title={t('iam.groups')}>
      {names.length === 0 && <p className="text-muted">{t('iam.inNoGroup')}</p>}
      {names.map((name) => (
        <Link
          key={name}
          to="/people/groups"
          search={{ group: name }}
          className="break-words text-accent hover:underline"
        >
          {name}
        </Link>
      ))}
    </PanelSection>
  );
}

const NONE = '';

interface AttachedProps {
  readonly holder: Holder;
  readonly attached: HolderPolicies['attached'];
}

function Attached({ holder, attached }: AttachedProps) {
  const policies = usePolicies().data ?? [];
  const attach = useAttachPolicy(holder);
  const detach = useDetachPolicy(holder);
  const free = policies.filter(({ arn }) => attached.every((one) => one.arn !== arn));
  return (
    <PanelSection title={t('iam.attached')}>
      {attached.length === 0 && <p className="text-muted">{t('iam.noneAttached')}</p>}
      {attached.map(({ name, arn }) => (
        <Row
          key={arn}
          remove={
            <Button
              look="quiet"
              small
              square
              aria-label={t('iam.detachNamed', { name })}
              onPress={() => detach.mutate(arn)}
            >
              <X size={14} aria-hidden="true" />
            </Button>
          }
        >
          <Link to="/people/policies" search={{ arn }} className="text-accent hover:underline">
            {name}
          </Link>
        </Row>
      ))}
      <SelectField
        label={t('iam.attach')}
        options={[
          { value: NONE, label: t('iam.choose') },
          ...free.map(({ name, arn }) => ({ value: arn, label: name })),
        ]}
        value={NONE}
        onChange={(arn) => arn !== NONE && attach.mutate(arn)}
      />
      <IamError error={attach.error ?? detach.error} />
    </PanelSection>
  );
}

function Row({ children, remove }: { readonly children: ReactNode; readonly remove: ReactNode }) {
  return (
    <div className="flex items-center gap-2">
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</span>
      {remove}
    </div>
  );
}

function Inline({ holder, inline }: { readonly holder: Holder; readonly inline: HolderPolicies['inline'] }) {
  const remove = useDeleteInlinePolicy(holder);
  const [open, setOpen] = useState<HolderPolicies['inline'][number] | 'new'>();
  return (
    <PanelSection
      title={t('iam.own')}
      action={
        <Button look="link" small onPress={() => setOpen('new')}>
          {t('iam.writeOwn')}
        </Button>
      }
    >
      {inline.length === 0 && <p className="text-muted">{t('iam.noneOwn')}</p>}
      {inline.map((policy) => (
        <Row
          key={policy.name}
          remove={
            <Button
              look="quiet"
              small
              square
              aria-label={t('iam.removeNamed', { name: policy.name })}
              onPress={() => remove.mutate(policy.name)}
            >
              <Trash2 size={14} aria-hidden="true" />
            </Button>
          }
        >
          <button
            type="button"
            onClick={() => setOpen(policy)}
            className="min-h-6 cursor-default rounded-control text-left text-accent hover:underline"
          >
            {policy.name}
          </button>
        </Row>
      ))}
      <IamError error={remove.error} />
      {open !== undefined && (
        <InlinePolicyDialog
          holder={holder}
          policy={open === 'new' ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </PanelSection>
  );
}

function Boundary({ holder, arn }: { readonly holder: Holder; readonly arn: string | null }) {
  const policies = usePolicies().data ?? [];
  const set = useSetBoundary(holder);
  const known = policies.some((policy) => policy.arn === arn);
  return (
    <PanelSection title={t('iam.boundary')}>
      <SelectField
        label={t('iam.boundaryLabel')}
        hint={t('iam.boundaryHint')}
        options={[
          { value: NONE, label: t('iam.noBoundary') },
          ...(arn === null || known ? [] : [{ value: arn, label: arn }]),
          ...policies.map((policy) => ({ value: policy.arn, label: policy.name })),
        ]}
        value={arn ?? NONE}
        onChange={(chosen) => set.mutate(chosen === NONE ? null : chosen)}
      />
      <IamError error={set.error} />
    </PanelSection>
  );
}

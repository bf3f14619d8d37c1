import { useState } from 'react';
import type { PolicyDetails } from '../../../../src-server/contract/policies.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { Moment } from '../../../components/moment.tsx';
import { PanelSection } from '../../../components/side-panel.tsx';
import { t } from '../../../lib/i18n.ts';
import { useDeleteVersion, useSetDefaultVersion } from '../api/use-policies.ts';
import { spreadOut } from '../templates.ts';
import { IamError } from './iam-error.tsx';
import { PolicyDiff } from './policy-diff.tsx';

/** The versions of a policy, each compared with the one that counts. */
export function PolicyVersions({ details: { policy, versions } }: { readonly details: PolicyDetails }) {
  const makeCurrent = useSetDefaultVersion(policy.arn);
  const remove = useDeleteVersion(policy.arn);
  const [compared, setCompared] = useState<number>();
  const textOf = (wanted: number) => spreadOut(versions.find(({ version }) => version === wanted)?.document ?? '');
  const close = () => setCompared(undefined);
  return (
    <PanelSection title={t('iam.versions')}>
      <ul className="flex flex-col gap-1">
        {versions.map(({ version, createdAtMs }) => (
          <li key={version} className="flex min-h-7 items-center gap-2">
            <span className="min-w-0 flex-1">
              {t('iam.version', { version })}
              <span className="text-muted">
                {' · '}
                <Moment atMs={createdAtMs} />
              </span>
            </span>
            {version === policy.defaultVersion ? (
              <span className="px-2 font-medium">{t('iam.counts')}</span>
            ) : (
              <Button look="link" small onPress={() => setCompared(version)}>
                {t('iam.compare')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {compared !== undefined && (
        <Dialog
          title={t('iam.compareTitle', { before: compared, after: policy.defaultVersion })}
          isOpen
          isWide
          onClose={close}
        >
          <PolicyDiff before={textOf(compared)} after={textOf(policy.defaultVersion)} />
          <IamError error={makeCurrent.error ?? remove.error} />
          <DialogButtons>
            <Button onPress={() => remove.mutate(compared, { onSuccess: close })}>{t('iam.deleteVersion')}</Button>
            <Button look="primary" onPress={() => makeCurrent.mutate(compared, { onSuccess: close })}>
              {t('iam.makeCurrent', { version: compared })}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </PanelSection>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox } from '../../../components/checkbox.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { SettingLine } from '../../../components/setting-line.tsx';
import type { desktop } from '../../../lib/desktop.ts';
import { t } from '../../../lib/i18n.ts';

const KEY = ['desktop'] as const;

/** What the desktop app keeps about this computer. */
export function ThisComputer({ bridge }: { readonly bridge: NonNullable<typeof desktop> }) {
  const client = useQueryClient();
  const about = useQuery({ queryKey: KEY, queryFn: () => bridge.describe(undefined) });
  const start = useMutation({
    mutationFn: (isWanted: boolean) => bridge.setStartAtLogin({ isWanted }),
    onSettled: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (about.data === undefined) return null;
  const { startsAtLogin, keyIn, ownsServer, version } = about.data;
  return (
    <>
      <SettingLine title={t('settings.startAtLogin')} level={3}>
        <Checkbox
          label={t('settings.startAtLoginText')}
          isSelected={startsAtLogin}
          isDisabled={start.isPending}
          onChange={(isWanted) => start.mutate(isWanted)}
        />
        <FormError error={start.error} />
      </SettingLine>
      <SettingLine title={t('settings.keyPlace')} level={3}>
        {keyIn === 'keychain' ? t('settings.keyInKeychain') : t('settings.keyInFolder')}
      </SettingLine>
      <SettingLine title={t('settings.app')} level={3}>
        {ownsServer ? t('settings.appOwns', { version }) : t('settings.appFound', { version })}
      </SettingLine>
    </>
  );
}

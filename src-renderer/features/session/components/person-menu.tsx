import { useNavigate } from '@tanstack/react-router';
import { CircleUser, LogOut, UserRound } from 'lucide-react';
import type { Session } from '../../../../src-server/contract/sessions.ts';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuChoice, MenuItem } from '../../../components/menu.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, t, useLanguage } from '../../../lib/i18n.ts';
import { chooseTheme, THEMES, type Theme, useTheme } from '../../../lib/theme.ts';
import { useSignOut } from '../api/use-session.ts';

interface PersonMenuProps {
  readonly session: Session;
  /** Without the name, where there is no room for it. */
  readonly isIcon?: boolean;
}

/** Who is signed in; theme, language, sign out. */
export function PersonMenu({ session, isIcon = false }: PersonMenuProps) {
  const theme = useTheme();
  const language = useLanguage();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const name = session.displayName ?? session.userName;
  const button = (
    <Button look="quiet" square={isIcon} aria-label={t('frame.person', { name })}>
      <CircleUser size={18} aria-hidden="true" className="shrink-0" />
      {!isIcon && <span className="hidden max-w-36 truncate lg:inline">{name}</span>}
    </Button>
  );
  return (
    <Menu button={button} label={t('frame.person', { name })}>
      <MenuChoice title={t('theme.title')} values={THEMES} value={theme} name={themeName} onChoose={chooseTheme} />
      <MenuChoice
        title={t('language.title')}
        values={LANGUAGES}
        value={language}
        name={(one) => LANGUAGE_NAMES[one]}
        onChoose={(chosen) => void chooseLanguage(chosen)}
      />
      <MenuItem text={t('account.title')} onAction={() => void navigate({ to: '/account' })}>
        <UserRound size={16} aria-hidden="true" /> {t('account.title')}
      </MenuItem>
      <MenuItem
        text={t('frame.signOut')}
        onAction={() => signOut.mutate(undefined, { onError: (error) => toast('error', errorText(error)) })}
      >
        <LogOut size={16} aria-hidden="true" /> {t('frame.signOut')}
      </MenuItem>
    </Menu>
  );
}

function themeName(theme: Theme): string {
  switch (theme) {
    case 'system':
      return t('theme.system');
    case 'light':
      return t('theme.light');
    case 'dark':
      return t('theme.dark');
  }
}

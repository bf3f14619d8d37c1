import type { Person } from '../../../src-server/contract/people.ts';
import { t } from '../../lib/i18n.ts';

/** A role in a word. */
export function roleWord(role: Person['role']): string {
  switch (role) {
    case 'admin':
      return t('people.admin');
    case 'user':
      return t('people.user');
    case 'readonly':
      return t('people.readonly');
    case 'none':
      return t('people.noRole');
  }
}

/** What a role may do, in a sentence. */
export function roleText(role: Person['role']): string {
  switch (role) {
    case 'admin':
      return t('people.adminText');
    case 'user':
      return t('people.userText');
    case 'readonly':
      return t('people.readonlyText');
    case 'none':
      return t('people.noRoleText');
  }
}

const ROLES = ['user', 'readonly', 'none', 'admin'] as const satisfies readonly Person['role'][];

/** The roles with their sentences, to choose one. */
export function roleChoices() {
  return ROLES.map((role) => ({ value: role, label: roleWord(role), text: roleText(role) }));
}

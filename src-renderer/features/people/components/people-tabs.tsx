import { PageTab, PageTabs } from '../../../components/page-tabs.tsx';
import { t } from '../../../lib/i18n.ts';
import { useSession } from '../../session/api/use-session.ts';
import { usePeople } from '../api/use-people.ts';

/** The parts of "People & keys". Tenants concern only who runs the whole install. */
export function PeopleTabs() {
  const role = useSession().data?.role;
  const isAdmin = role === 'admin' || role === 'root';
  const people = usePeople(isAdmin).data?.people;
  const isOperator = role === 'root' || people?.find(({ isYou }) => isYou)?.tenant === null;
  return (
    <PageTabs label={t('people.title')}>
      <PageTab to="/people" activeOptions={{ exact: true, includeSearch: false }}>
        {t('people.people')}
      </PageTab>
      <PageTab to="/people/groups">{t('iam.groups')}</PageTab>
      <PageTab to="/people/policies">{t('iam.policies')}</PageTab>
      <PageTab to="/people/roles">{t('iam.roles')}</PageTab>
      {isOperator && <PageTab to="/people/tenants">{t('iam.tenants')}</PageTab>}
      <PageTab to="/people/keys">{t('people.allKeys')}</PageTab>
      <PageTab to="/people/simulator">{t('iam.simulator')}</PageTab>
    </PageTabs>
  );
}

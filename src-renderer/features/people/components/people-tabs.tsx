import { PageTab, PageTabs } from '../../../components/page-tabs.tsx';
import { t } from '../../../lib/i18n.ts';

/** The parts of "People & keys". */
export function PeopleTabs() {
  return (
    <PageTabs label={t('people.title')}>
      <PageTab to="/people" activeOptions={{ exact: true, includeSearch: false }}>
        {t('people.people')}
      </PageTab>
      <PageTab to="/people/groups">{t('iam.groups')}</PageTab>
      <PageTab to="/people/policies">{t('iam.policies')}</PageTab>
      <PageTab to="/people/roles">{t('iam.roles')}</PageTab>
      <PageTab to="/people/keys">{t('people.allKeys')}</PageTab>
      <PageTab to="/people/simulator">{t('iam.simulator')}</PageTab>
    </PageTabs>
  );
}

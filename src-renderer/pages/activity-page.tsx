import { useNavigate, useSearch } from '@tanstack/react-router';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { PageHead } from '../components/page-head.tsx';
import { ACTIVITY_TABS, type ActivitySearch, type ActivityTab } from '../features/activity/address.ts';
import { AuditView } from '../features/activity/components/audit-view.tsx';
import { JobsView } from '../features/activity/components/jobs-view.tsx';
import { LogView } from '../features/activity/components/log-view.tsx';
import { type RequestsAddress, RequestsView } from '../features/activity/components/requests-view.tsx';
import { OperationsView } from '../features/operations/components/operations-view.tsx';
import { ANCHOR, useAnchor } from '../lib/anchor.ts';
import { t } from '../lib/i18n.ts';

/** What the server does: requests, log, jobs. The tab and its filters are in the address. */
export function ActivityPage() {
  const search = useSearch({ from: '/frame/activity' });
  const navigate = useNavigate();
  useAnchor(true);
  const { tab = 'requests', filter = '', errors = false, level = 'all', request } = search;
  const go = (next: ActivitySearch) => void navigate({ to: '/activity', search: withoutEmpty(next), replace: true });
  const changeRequests = (change: Partial<RequestsAddress>) => {
    const open = 'open' in change ? change.open : request;
    go({ tab, filter: change.filter ?? filter, errors: change.errorsOnly ?? errors, request: open });
  };
  return (
    <>
      <PageHead title={t('activity.title')} />
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key) => go({ tab: ACTIVITY_TABS.find((name) => name === key) })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabList aria-label={t('activity.title')} className="flex shrink-0 gap-6 border-line border-b px-4 sm:px-6">
          {ACTIVITY_TABS.map((name) => (
            <Tab
              key={name}
              id={name}
              className="-mb-px cursor-default border-transparent border-b-2 pb-2 text-muted hover:text-text data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-text"
            >
              {tabName(name)}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="requests" className="flex shrink-0 grow flex-col">
          <RequestsView address={{ filter, errorsOnly: errors, open: request }} onChange={changeRequests} />
        </TabPanel>
        <TabPanel id="audit">
          <AuditView />
        </TabPanel>
        <TabPanel id="log">
          <LogView filter={filter} level={level} onChange={(change) => go({ tab, filter, level, ...change })} />
        </TabPanel>
        <TabPanel id="jobs" className="flex flex-col gap-8 pt-4 pb-8">
          <section aria-labelledby="jobs-server">
            <h2 id="jobs-server" className="px-4 pb-2 font-semibold text-section sm:px-6">
              {t('activity.jobsOfServer')}
            </h2>
            <JobsView />
          </section>
          <section id="jobs-people" tabIndex={-1} aria-labelledby="jobs-people-title" className={ANCHOR}>
            <h2 id="jobs-people-title" className="px-4 pb-2 font-semibold text-section sm:px-6">
              {t('activity.jobsOfPeople')}
            </h2>
            <OperationsView />
          </section>
        </TabPanel>
      </Tabs>
    </>
  );
}

/** What is as usual does not stand in the address. */
function withoutEmpty({ tab, filter, errors, level, request }: ActivitySearch): ActivitySearch {
  return {
    ...(tab === undefined || tab === 'requests' ? {} : { tab }),
    ...(filter === undefined || filter === '' ? {} : { filter }),
    ...(errors === true ? { errors } : {}),
    ...(level === undefined || level === 'all' ? {} : { level }),
    ...(request === undefined ? {} : { request }),
  };
}

function tabName(tab: ActivityTab): string {
  switch (tab) {
    case 'requests':
      return t('activity.requests');
    case 'audit':
      return t('activity.audit');
    case 'log':
      return t('activity.log');
    case 'jobs':
      return t('activity.jobs');
  }
}

import { Navigate } from '@tanstack/react-router';
import { PageHead } from '../components/page-head.tsx';
import { OperationsView } from '../features/operations/components/operations-view.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { t } from '../lib/i18n.ts';

/** What was done to files and folders, what runs, and the way back. Who operates the appliance has it in Activity. */
export function OperationsPage() {
  const role = useSession().data?.role;
  if (role === 'root' || role === 'admin')
    return <Navigate to="/activity" search={{ tab: 'jobs' }} hash="jobs-people" replace />;
  return (
    <>
      <PageHead title={t('operations.title')} />
      <OperationsView />
    </>
  );
}

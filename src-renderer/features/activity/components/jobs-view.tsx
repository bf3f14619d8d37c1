import type { JobItem } from '../../../../src-server/contract/activity.ts';
import { Button } from '../../../components/button.tsx';
import { Moment } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useJobs, useRunJob } from '../api/use-activity.ts';
import { jobFacts } from '../job-facts.ts';

/** Every background job: what it does, how it went, when it goes on, and "now". */
export function JobsView() {
  const jobs = useJobs();
  if (jobs.isPending) return <LoadingRows />;
  if (jobs.isError && jobs.data === undefined)
    return <ErrorState error={jobs.error} onRetry={() => void jobs.refetch()} />;
  return (
    <ul className="border-line border-t">
      {jobs.data.map((job) => (
        <JobRow key={job.name} job={job} />
      ))}
    </ul>
  );
}

function JobRow({ job }: { readonly job: JobItem }) {
  const run = useRunJob();
  const onRun = () =>
    run.mutate(job.name, {
      onSuccess: () => toast('note', t('activity.jobRuns', { job: job.name })),
      onError: (error) => toast('error', errorText(error)),
    });
  const facts = jobFacts(job.facts, useLanguage());
  return (
    <li className="grid items-center gap-x-6 gap-y-1 border-line border-b px-4 py-3 sm:grid-cols-[9rem_minmax(0,1fr)_auto] sm:px-6">
      <StatusWord status={statusOf(job)} />
      <div className="min-w-0">
        <p className="font-medium">{jobText(job.name)}</p>
        <p className="text-muted text-table">
          {job.lastStepMs === null ? (
            t('activity.jobNever')
          ) : (
            <>
              {t('activity.jobLast')} <Moment atMs={job.lastStepMs} />
            </>
          )}
          {job.nextStepMs !== null && (
            <>
              {' · '}
              {t('activity.jobNext')} <Moment atMs={job.nextStepMs} />
            </>
          )}
          {facts.length > 0 && ` · ${facts.join(', ')}`}
        </p>
        {job.lastError !== null && (
          <p className="font-mono text-caption text-stopped [overflow-wrap:anywhere]">{job.lastError}</p>
        )}
      </div>
      <div>
        <Button onPress={onRun} isPending={run.isPending} aria-label={t('activity.runNamed', { job: job.name })}>
          {t('activity.run')}
        </Button>
      </div>
    </li>
  );
}

function statusOf({ state }: JobItem): 'fine' | 'working' | 'attention' | 'stopped' {
  switch (state) {
    case 'running':
      return 'working';
    case 'resting':
      return 'fine';
    case 'failing':
      return 'attention';
    case 'stopped':
      return 'stopped';
  }
}

/** What a job does, in words; one this page does not know is called by its name. */
function jobText(name: string): string {
  switch (name) {
    case 'garbage-collection':
      return t('activity.jobGarbage');
    case 'compaction':
      return t('activity.jobCompaction');
    case 'release-segments':
      return t('activity.jobSegments');
    case 'empty-bins':
      return t('activity.jobBins');
    case 'forget-sessions':
      return t('activity.jobSessions');
    case 'operations':
      return t('activity.jobOperations');
    default:
      return name;
  }
}

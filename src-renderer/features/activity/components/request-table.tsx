import { memo } from 'react';
import type { SeenRequestView } from '../../../../src-server/contract/activity.ts';
import { formatClock, formatExactTime, formatNumber } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { StatusCode } from './status-code.tsx';

interface RequestTableProps {
  readonly requests: readonly SeenRequestView[];
  readonly open: string | undefined;
  readonly onOpen: (id: string) => void;
}

const HEAD = 'px-3 font-medium first:pl-4 sm:first:pl-6';

export function RequestTable({ requests, open, onOpen }: RequestTableProps) {
  return (
    <table className="w-full table-fixed border-line border-t text-table">
      <thead>
        <tr className="h-9 bg-sunken text-left text-caption text-muted">
          <th scope="col" className={`${HEAD} w-24`}>
            {t('activity.time')}
          </th>
          <th scope="col" className={`${HEAD} w-24`}>
            {t('activity.status')}
          </th>
          <th scope="col" className={`${HEAD} hidden w-40 md:table-cell`}>
            {t('activity.action')}
          </th>
          <th scope="col" className={HEAD}>
            {t('activity.target')}
          </th>
          <th scope="col" className={`${HEAD} hidden w-40 xl:table-cell`}>
            {t('activity.client')}
          </th>
          <th scope="col" className={`${HEAD} hidden w-24 text-right sm:table-cell`}>
            {t('activity.duration')}
          </th>
        </tr>
      </thead>
      <tbody>
        {requests.map((request) => (
          <Row key={request.id} request={request} isOpen={request.id === open} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly request: SeenRequestView;
  readonly isOpen: boolean;
  readonly onOpen: (id: string) => void;
}

const Row = memo(function Row({ request, isOpen, onOpen }: RowProps) {
  const language = useLanguage();
  const { id, atMs, method, action, status, errorCode, durationMs, client } = request;
  return (
    <tr className={`h-9 border-line border-b ${isOpen ? 'bg-accent-soft' : 'hover:bg-sunken'}`}>
      <td className="whitespace-nowrap px-3 pl-4 sm:pl-6" title={formatExactTime(atMs, language)}>
        {formatClock(atMs, language)}
      </td>
      <td className="truncate px-3" title={errorCode ?? undefined}>
        <StatusCode status={status} />
      </td>
      <td className="hidden truncate px-3 md:table-cell">{action === 'none' ? method : action}</td>
      <td className="px-3">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => onOpen(id)}
          className="block max-w-full truncate rounded-control text-left font-mono text-caption hover:underline"
        >
          {targetText(request)}
        </button>
      </td>
      <td className="hidden truncate px-3 text-muted xl:table-cell">{client.name}</td>
      <td className="hidden whitespace-nowrap px-3 text-right sm:table-cell">
        {formatNumber(durationMs, language)} ms
      </td>
    </tr>
  );
});

/** `/bucket/key`, or the slash alone. */
export function targetText({ bucket, key }: SeenRequestView): string {
  return bucket === null ? '/' : `/${bucket}${key === null ? '' : `/${key}`}`;
}

import type { SeenRequestView } from '../../../../src-server/contract/activity.ts';
import type { LiveEvent } from '../../../../src-server/contract/events.ts';
import { Checkbox } from '../../../components/checkbox.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { useRequests } from '../api/use-activity.ts';
import { useLiveList } from '../hooks/use-live-list.ts';
import { uniqueBy } from '../unique-by.ts';
import { ListTools } from './list-tools.tsx';
import { RequestDetail } from './request-detail.tsx';
import { RequestTable } from './request-table.tsx';

export interface RequestsAddress {
  readonly filter: string;
  readonly errorsOnly: boolean;
  /** Id of the request whose details are open. */
  readonly open: string | undefined;
}

interface RequestsViewProps {
  readonly address: RequestsAddress;
  readonly onChange: (change: Partial<RequestsAddress>) => void;
}

const ROWS = 200;

function newestFirst(event: LiveEvent): readonly SeenRequestView[] {
  return event.kind === 'requests' ? event.requests.toReversed() : [];
}

/** The request inspector: every S3 request as it is answered, and all that is known of one. */
export function RequestsView({ address, onChange }: RequestsViewProps) {
  const asked = useRequests();
  const list = useLiveList('requests', asked.data?.requests, newestFirst);
  if (asked.isPending) return <LoadingRows />;
  if (asked.data === undefined) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />;
  const { filter, errorsOnly, open } = address;
  const shown = uniqueBy(list.shown, ({ id }) => id)
    .filter((request) => matches(request, filter, errorsOnly))
    .slice(0, ROWS);
  return (
    <div className="flex flex-1 flex-col">
      <ListTools
        filter={filter}
        onFilter={(text) => onChange({ filter: text })}
        isPaused={list.isPaused}
        waiting={list.waiting.length}
        onPause={list.togglePause}
        onClear={list.clear}
      >
        <Checkbox
          label={t('activity.errorsOnly')}
          isSelected={errorsOnly}
          onChange={(isSelected) => onChange({ errorsOnly: isSelected })}
        />
      </ListTools>
      <div className="flex flex-1 flex-col-reverse lg:flex-row">
        <div className="min-w-0 flex-1">
          {shown.length === 0 ? (
            <p className="px-4 py-6 text-muted sm:px-6">
              {list.shown.length === 0 ? t('activity.noRequests') : t('activity.noMatch')}
            </p>
          ) : (
            <RequestTable requests={shown} open={open} onOpen={(id) => onChange({ open: id })} />
          )}
        </div>
        {open !== undefined && (
          <RequestDetail
            key={open}
            id={open}
            endpoint={asked.data.endpoint}
            region={asked.data.region}
            onClose={() => onChange({ open: undefined })}
          />
        )}
      </div>
    </div>
  );
}

function matches(request: SeenRequestView, filter: string, errorsOnly: boolean): boolean {
  if (errorsOnly && request.status < 400) return false;
  if (filter === '') return true;
  const { id, method, action, bucket, key, errorCode, client, accessKeyId, user, address, status } = request;
  const text = [id, method, action, bucket, key, errorCode, client.name, accessKeyId, user, address, status].join(' ');
  return text.toLowerCase().includes(filter.toLowerCase());
}

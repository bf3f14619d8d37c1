import { X } from 'lucide-react';
import type { SeenRequestView } from '../../../../src-server/contract/activity.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton, Fact, Facts } from '../../../components/facts.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { formatExactTime, formatNumber } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useRequest } from '../api/use-activity.ts';
import { curlCommand } from '../curl-command.ts';
import { targetText } from './request-table.tsx';
import { StatusCode } from './status-code.tsx';

interface RequestDetailProps {
  readonly id: string;
  readonly endpoint: string;
  readonly region: string;
  readonly onClose: () => void;
}

/** All that is known of one request, beside the list. */
export function RequestDetail({ id, endpoint, region, onClose }: RequestDetailProps) {
  const request = useRequest(id);
  return (
    <aside
      aria-label={t('activity.detail')}
      className="flex shrink-0 flex-col gap-4 border-line border-t bg-surface p-4 lg:w-90 lg:border-l"
    >
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold text-section">{t('activity.detail')}</h2>
        <Button look="quiet" square aria-label={t('common.close')} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
      {request.isPending && <LoadingRows />}
      {request.isError && <ErrorState error={request.error} onRetry={() => void request.refetch()} />}
      {request.data !== undefined && (
        <>
          <RequestFacts request={request.data} />
          <CurlBox command={curlCommand(request.data, endpoint, region)} />
        </>
      )}
    </aside>
  );
}

function RequestFacts({ request }: { readonly request: SeenRequestView }) {
  const language = useLanguage();
  const { client, accessKeyId, isKeyProven, errorCode } = request;
  return (
    <Facts>
      <Fact name={t('activity.status')}>
        <StatusCode status={request.status} /> {errorCode}
      </Fact>
      <Fact name={t('activity.time')}>
        <Moment atMs={request.atMs} /> · {formatExactTime(request.atMs, language)}
      </Fact>
      <Fact name={t('activity.action')}>
        {request.method} · {request.action}
      </Fact>
      <Fact name={t('activity.target')} mono>
        {targetText(request)}
        {request.query !== '' && `?${request.query}`}
      </Fact>
      <Fact name={t('activity.duration')}>{formatNumber(request.durationMs, language)} ms</Fact>
      <Fact name={t('activity.bytes')}>
        {t('activity.in')} <Bytes bytes={request.bytesIn} /> · {t('activity.out')} <Bytes bytes={request.bytesOut} />
      </Fact>
      <Fact name={t('activity.client')}>
        {client.version === null ? client.name : `${client.name} ${client.version}`}
        {request.userAgent !== '' && <span className="block text-caption text-muted">{request.userAgent}</span>}
      </Fact>
      <Fact name={t('activity.who')}>
        {request.user ?? '–'}
        {accessKeyId !== null && (
          <span className="block font-mono text-caption">
            {accessKeyId} {!isKeyProven && `(${t('activity.claimed')})`}
          </span>
        )}
      </Fact>
      <Fact name={t('activity.address')} mono>
        {request.address ?? '–'} → {request.host ?? '–'}
      </Fact>
      <Fact name={t('activity.id')} mono copy={request.id}>
        {request.id}
      </Fact>
    </Facts>
  );
}

function CurlBox({ command }: { readonly command: string }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center justify-between text-caption text-muted">
        {t('activity.asCurl')} <CopyButton name={t('activity.asCurl')} text={command} />
      </span>
      <code className="rounded-control bg-sunken p-2 text-caption [overflow-wrap:anywhere]">{command}</code>
    </div>
  );
}

import type { ContactProblem } from '../../../../src-server/contract/first-contact.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/facts.tsx';
import { Moment } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { useContact } from '../hooks/use-contact.ts';
import { problemText } from '../problem-text.ts';

interface ContactStepsProps {
  readonly bucket: string;
  readonly accessKeyId: string | undefined;
  readonly region: string;
  readonly endpoint: string;
  readonly onNewKey: () => void;
}

/** Listens for the client that is being set up, and lights up as it gets on. */
export function ContactSteps({ bucket, accessKeyId, region, endpoint, onNewKey }: ContactStepsProps) {
  const contact = useContact(bucket, accessKeyId);
  const steps = [
    { name: t('connect.stepReached'), atMs: contact.reachedMs },
    { name: t('connect.stepSigned'), atMs: contact.signedMs },
    { name: t('connect.stepListed'), atMs: contact.listedMs },
    { name: t('connect.stepWrote'), atMs: contact.wroteMs },
  ];
  return (
    <section aria-label={t('connect.contact')} className="flex flex-col gap-2">
      <h2 className="font-medium text-body">{t('connect.contact')}</h2>
      <p role="status" className="text-muted">
        {contact.client === null ? t('connect.listening') : t('connect.heard', { client: contact.client })}
      </p>
      <ol className="flex flex-col">
        {steps.map(({ name, atMs }) => (
          <li key={name} className="flex min-h-7 items-center gap-2">
            <span aria-hidden="true" className={atMs === null ? 'text-unknown' : 'text-fine'}>
              {atMs === null ? '◌' : '●'}
            </span>
            <span className={atMs === null ? 'text-muted' : undefined}>{name}</span>
            <span className="text-caption text-muted">
              {atMs === null ? <span className="sr-only">{t('connect.stepWaits')}</span> : <Moment atMs={atMs} />}
            </span>
          </li>
        ))}
      </ol>
      {contact.problem !== null && (
        <Problem problem={contact.problem} region={region} endpoint={endpoint} onNewKey={onNewKey} />
      )}
    </section>
  );
}

interface ProblemProps {
  readonly problem: ContactProblem;
  readonly region: string;
  readonly endpoint: string;
  readonly onNewKey: () => void;
}

/** One sentence, and one thing to do about it where there is one. */
function Problem({ problem, region, endpoint, onNewKey }: ProblemProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control bg-sunken px-3 py-2">
      <span aria-hidden="true" className="text-attention">
        ▲
      </span>
      <p className="min-w-0 flex-1 basis-60 break-words">{problemText(problem, region)}</p>
      <Remedy problem={problem} region={region} endpoint={endpoint} onNewKey={onNewKey} />
    </div>
  );
}

function Remedy({ problem, region, endpoint, onNewKey }: ProblemProps) {
  switch (problem.kind) {
    case 'wrong-secret':
    case 'unknown-key':
    case 'unsigned':
      return (
        <Button look="link" onPress={onNewKey}>
          {t('connect.newKey')}
        </Button>
      );
    case 'region':
      return <CopyButton name={t('connect.region')} text={region} />;
    case 'virtual-host':
      return <CopyButton name={t('connect.endpoint')} text={endpoint} />;
    default:
      return null;
  }
}

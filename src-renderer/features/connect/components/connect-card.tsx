import { useState } from 'react';
import type { Connection } from '../../../../src-server/contract/connection.ts';
import type { KeyPair } from '../../../../src-server/contract/keys.ts';
import { SNIPPETS, type SnippetTool } from '../../../../src-server/contract/snippets/index.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { Fact, Facts } from '../../../components/facts.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { useCreateOwnKey, useOwnKey } from '../api/use-access-key.ts';
import { useConnection } from '../api/use-connection.ts';
import { endpointOf } from '../endpoint.ts';
import { ContactSteps } from './contact-steps.tsx';
import { SnippetParts } from './snippet-parts.tsx';

// Keys of the table.
const TOOLS = Object.keys(SNIPPETS) as SnippetTool[];

interface ConnectCardProps {
  readonly bucket: string;
  /** A key that was just made, elsewhere on the page; otherwise the card offers to make one. */
  readonly pair?: KeyPair;
  readonly tool?: SnippetTool;
}

/** Everything a client needs for a bucket, for eleven tools; and whether it came through. */
export function ConnectCard(props: ConnectCardProps) {
  const connection = useConnection();
  if (connection.isPending) return <LoadingRows />;
  if (connection.isError) return <ErrorState error={connection.error} onRetry={() => void connection.refetch()} />;
  return <Card {...props} connection={connection.data} />;
}

function Card({ bucket, pair, tool: given, connection }: ConnectCardProps & { readonly connection: Connection }) {
  const ownKey = useOwnKey();
  const create = useCreateOwnKey();
  const [tool, setTool] = useState<SnippetTool>(given ?? 'aws-cli');
  const made = create.data ?? pair;
  const accessKeyId = made?.accessKeyId ?? ownKey.data ?? undefined;
  const endpoint = endpointOf(connection, location.hostname);
  const { region } = connection;
  const newKey = () => create.mutate(bucket);
  const facts = {
    endpoint,
    region,
    bucket,
    accessKeyId: accessKeyId ?? 'YOUR-ACCESS-KEY',
    secretAccessKey: made?.secretAccessKey ?? 'YOUR-SECRET-KEY',
  };
  return (
    <div className="flex min-w-0 max-w-180 flex-col gap-6">
      <Facts>
        <Fact name={t('connect.endpoint')} mono copy={endpoint}>
          {endpoint}
        </Fact>
        <Fact name={t('connect.region')} mono copy={region}>
          {region}
        </Fact>
        <KeyFacts accessKeyId={accessKeyId} secret={made?.secretAccessKey} />
      </Facts>
      {made === undefined && (
        <div>
          <Button isPending={create.isPending} onPress={newKey}>
            {t('connect.createKey')}
          </Button>
        </div>
      )}
      {/* Also where the card came with a key: a second one is asked for below, when the first did not work. */}
      <FormError error={create.error} />
      <Notes connection={connection} tool={tool} />
      <ChoiceGroup
        label={t('connect.tool')}
        inRow
        value={tool}
        onChange={setTool}
        choices={TOOLS.map((id) => ({ value: id, label: SNIPPETS[id].name }))}
      />
      <SnippetParts parts={SNIPPETS[tool].parts(facts)} />
      <ContactSteps bucket={bucket} accessKeyId={accessKeyId} region={region} endpoint={endpoint} onNewKey={newKey} />
    </div>
  );
}

interface KeyFactsProps {
  readonly accessKeyId: string | undefined;
  /** Known only where the key was made on this page. */
  readonly secret: string | undefined;
}

function KeyFacts({ accessKeyId, secret }: KeyFactsProps) {
  return (
    <>
      {accessKeyId === undefined ? (
        <Fact name={t('connect.accessKey')}>{t('connect.noKey')}</Fact>
      ) : (
        <Fact name={t('connect.accessKey')} mono copy={accessKeyId}>
          {accessKeyId}
        </Fact>
      )}
      {secret !== undefined && (
        <Fact name={t('connect.secretOnce')} mono copy={secret}>
          {secret}
        </Fact>
      )}
      {secret === undefined && accessKeyId !== undefined && (
        <Fact name={t('connect.secret')}>{t('connect.secretHidden')}</Fact>
      )}
    </>
  );
}

/** What must be known before it works. */
function Notes({ connection, tool }: { readonly connection: Connection; readonly tool: SnippetTool }) {
  const notes = [
    ...(connection.certificate === 'self-signed' ? [t('connect.noteSelfSigned')] : []),
    ...(connection.host === '127.0.0.1' || connection.host === 'localhost' ? [t('connect.noteLoopback')] : []),
    ...(tool === 'veeam' && connection.scheme === 'http' ? [t('connect.noteVeeamTls')] : []),
    ...(tool === 'veeam' ? [t('connect.noteVeeamLock')] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-table">
      {notes.map((note) => (
        <li key={note} className="flex gap-2">
          <span aria-hidden="true" className="text-attention">
            ▲
          </span>
          {note}
        </li>
      ))}
    </ul>
  );
}

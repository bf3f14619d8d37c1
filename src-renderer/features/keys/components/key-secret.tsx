import type { KeyPair } from '../../../../src-server/contract/keys.ts';
import { Button } from '../../../components/button.tsx';
import { DialogButtons } from '../../../components/dialog.tsx';
import { Fact, Facts } from '../../../components/facts.tsx';
import { t } from '../../../lib/i18n.ts';
import { saveText } from '../../../lib/save-text.ts';
import { useConnection } from '../../connect/api/use-connection.ts';
import { endpointOf } from '../../connect/endpoint.ts';
import { awsProfileFile, dotEnvFile, jsonFile, type KeyFacts, type KeyFile, rcloneFile } from '../formats.ts';

const FILES: readonly (readonly [string, (facts: KeyFacts) => KeyFile])[] = [
  ['.env', dotEnvFile],
  ['AWS', awsProfileFile],
  ['rclone.conf', rcloneFile],
  ['JSON', jsonFile],
];

/** A new key, whose secret is in the server's answer and nowhere else: to copy or to save, this once. */
export function KeySecret({ pair, onDone }: { readonly pair: KeyPair; readonly onDone: () => void }) {
  const connection = useConnection().data;
  const endpoint = connection && endpointOf(connection, location.hostname);
  const facts = connection && endpoint && { ...pair, endpoint, region: connection.region };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('keys.secretOnce')}</p>
      <Facts>
        <Fact name={t('keys.id')} mono copy={pair.accessKeyId}>
          {pair.accessKeyId}
        </Fact>
        <Fact name={t('keys.secret')} mono copy={pair.secretAccessKey}>
          {pair.secretAccessKey}
        </Fact>
        {endpoint && (
          <Fact name={t('keys.endpoint')} mono copy={endpoint}>
            {endpoint}
          </Fact>
        )}
      </Facts>
      {facts && (
        <fieldset className="flex flex-wrap items-center gap-2">
          <legend className="mb-2 font-medium">{t('keys.save')}</legend>
          {FILES.map(([name, format]) => (
            <Button
              key={name}
              aria-label={t('keys.saveAs', { format: name })}
              onPress={() => {
                const file = format(facts);
                saveText(file.name, file.text);
              }}
            >
              {name}
            </Button>
          ))}
        </fieldset>
      )}
      <DialogButtons>
        <Button look="primary" onPress={onDone}>
          {t('keys.stored')}
        </Button>
      </DialogButtons>
    </div>
  );
}

import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../api/content.ts';
import { endingOf, kindOf } from '../kind.ts';
import { decodeText } from '../parse/decode-text.ts';
import { CodeText } from './code-text.tsx';
import type { ViewProps } from './preview-body.tsx';
import { PartNote, PreviewError, PreviewLoading, Unshown } from './states.tsx';

const SHOWN_BYTES = 512 * 1024;
/** Of a file of unknown kind so much is looked at, to see whether it is text. */
const TRIED_BYTES = 64 * 1024;

/** The beginning of a text; of an unknown file, where it turns out to be one. */
export function TextView(props: ViewProps) {
  const { entry } = props.file;
  const language = useLanguage();
  const isKnown = kindOf(entry.key) !== 'unknown';
  const limit = isKnown ? SHOWN_BYTES : TRIED_BYTES;
  const { data, error, retry } = useFirstBytes(props.file, limit);
  if (error !== null) return <PreviewError error={error} onRetry={retry} />;
  if (data === undefined) return <PreviewLoading />;
  const { text, isBinary } = decodeText(data);
  if (isBinary) return <Unshown {...props} reason={isKnown ? t('preview.noText') : t('preview.unknown')} />;
  return (
    <>
      {entry.sizeBytes > limit && (
        <PartNote>
          {t('preview.part', { shown: formatBytes(limit, language), all: formatBytes(entry.sizeBytes, language) })}
        </PartNote>
      )}
      <CodeText text={text} ending={endingOf(entry.key)} />
    </>
  );
}

import { useMemo, useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../api/content.ts';
import { decodeText } from '../parse/decode-text.ts';
import { CodeText } from './code-text.tsx';
import type { ViewProps } from './preview-body.tsx';
import { PreviewError, PreviewLoading, Unshown } from './states.tsx';

const MAX_BYTES = 4_000_000;
/** As many arguments as every browser takes. */
const CHUNK_BYTES = 8192;

/**
 * A drawing as an image, where a browser runs no script of it and loads nothing for it (SVG 2, "Secure static mode"), and
 * below it the text that it is.
 */
export function SvgView(props: ViewProps) {
  const { file, name } = props;
  const { data, error, retry } = useFirstBytes(file, MAX_BYTES);
  const [isBroken, setBroken] = useState(false);
  const url = useMemo(() => (data === undefined ? undefined : imageUrlOf(data)), [data]);
  if (file.entry.sizeBytes > MAX_BYTES) return <Unshown {...props} reason={t('preview.tooLargeToDraw')} />;
  if (error !== null) return <PreviewError error={error} onRetry={retry} />;
  if (data === undefined) return <PreviewLoading />;
  return (
    <>
      {url !== undefined && !isBroken && (
        <div className="flex min-h-0 flex-1 items-center justify-center bg-[#ffffff] p-4">
          <img
            src={url}
            alt={name}
            onError={() => setBroken(true)}
            className="max-h-full min-h-0 w-full object-contain"
          />
        </div>
      )}
      <div className="flex min-h-0 flex-1 flex-col border-line border-t">
        <CodeText text={decodeText(data).text} ending="svg" />
      </div>
    </>
  );
}

/** No object URL: opened by itself, a drawing under one would be a page of the console's origin, scripts and all. */
function imageUrlOf(bytes: Uint8Array): string {
  const pieces = Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES)),
  );
  return `data:image/svg+xml;base64,${btoa(pieces.join(''))}`;
}

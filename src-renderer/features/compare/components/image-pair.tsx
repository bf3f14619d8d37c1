import { useState } from 'react';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { ErrorState } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { type PreviewedFile, useContentUrl } from '../../preview/api/content.ts';
import { PreviewLoading } from '../../preview/components/states.tsx';
import type { ComparisonProps } from './compare-dialog.tsx';

/** Both pictures in boxes of one size, on phones one below the other. */
export function ImagePair({ before, after }: ComparisonProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Picture file={before} title={t('compare.before')} />
      <Picture file={after} title={t('compare.after')} />
    </div>
  );
}

function Picture({ file, title }: { readonly file: PreviewedFile; readonly title: string }) {
  const { data: url, error, refetch } = useContentUrl(file);
  const [size, setSize] = useState<string>();
  const [isBroken, setBroken] = useState(false);
  const { sizeBytes, modifiedAtMs } = file.entry;
  return (
    <figure className="flex min-w-0 flex-col gap-1">
      <div className="flex h-60 items-center justify-center rounded-control border border-line bg-sunken p-2 sm:h-90">
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {error === null && url === undefined && <PreviewLoading />}
        {isBroken && <p className="text-muted">{t('preview.brokenImage')}</p>}
        {url !== undefined && !isBroken && (
          <img
            src={url}
            alt={title}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize(`${naturalWidth} × ${naturalHeight}`)
            }
            onError={() => setBroken(true)}
            className="max-h-full max-w-full object-contain"
          />
        )}
      </div>
      <figcaption className="text-caption text-muted">
        {title} · <Moment atMs={modifiedAtMs} /> · <Bytes bytes={sizeBytes} />
        {size !== undefined && ` · ${size}`}
      </figcaption>
    </figure>
  );
}

import { useRef, useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { useContentUrl } from '../api/content.ts';
import { kindOf } from '../kind.ts';
import type { ViewProps } from './preview-body.tsx';
import { PreviewError, PreviewLoading, Unshown } from './states.tsx';

/** Loses its address every few minutes and goes on with a new one; so often in a row it is the file that is broken. */
const MAX_FAILURES = 2;

/** Film or sound with the browser's own player; it seeks by ranges. */
export function MediaView(props: ViewProps) {
  const { file, name } = props;
  const { data: url, error, refetch } = useContentUrl(file);
  const [failures, setFailures] = useState(0);
  const resumeAt = useRef(0);
  if (failures >= MAX_FAILURES) return <Unshown {...props} reason={t('preview.brokenMedia')} />;
  if (error !== null) return <PreviewError error={error} onRetry={() => void refetch()} />;
  if (url === undefined) return <PreviewLoading />;
  const player = {
    src: url,
    controls: true,
    preload: 'metadata',
    'aria-label': name,
    onError: () => {
      setFailures(failures + 1);
      void refetch();
    },
    onTimeUpdate: ({ currentTarget }: { readonly currentTarget: HTMLMediaElement }) => {
      resumeAt.current = currentTarget.currentTime;
    },
    onLoadedMetadata: ({ currentTarget }: { readonly currentTarget: HTMLMediaElement }) => {
      if (resumeAt.current > 0) currentTarget.currentTime = resumeAt.current;
    },
    onPlaying: () => setFailures(0),
  } as const;
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center p-2 sm:p-4">
      {kindOf(file.entry.key) === 'video' ? (
        <video {...player} className="max-h-full max-w-full bg-[#000000]" />
      ) : (
        <audio {...player} className="w-full max-w-160" />
      )}
    </div>
  );
}

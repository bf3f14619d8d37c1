import { useState } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { type PreviewedFile, useContentUrl, useFirstBytes } from '../api/content.ts';
import { endingOf } from '../kind.ts';
import { type ExifFacts, readExif } from '../parse/exif.ts';
import type { ViewProps } from './preview-body.tsx';
import { PreviewError, PreviewLoading, Unshown } from './states.tsx';

const MAX_BYTES = 100_000_000;
/** Where cameras write what they know. */
const EXIF_BYTES = 128 * 1024;

/** A picture as wide and high as there is room, never larger than it is. */
export function ImageView(props: ViewProps) {
  const { file, name } = props;
  const language = useLanguage();
  const { data: url, error, refetch } = useContentUrl(file);
  const [isBroken, setBroken] = useState(false);
  if (file.entry.sizeBytes > MAX_BYTES) {
    return <Unshown {...props} reason={t('preview.tooLarge', { limit: formatBytes(MAX_BYTES, language) })} />;
  }
  if (isBroken) return <Unshown {...props} reason={t('preview.brokenImage')} />;
  if (error !== null) return <PreviewError error={error} onRetry={() => void refetch()} />;
  if (url === undefined) return <PreviewLoading />;
  return (
    <>
      <div className="flex min-h-0 flex-1 items-center justify-center p-2 sm:p-4">
        <img src={url} alt={name} onError={() => setBroken(true)} className="max-h-full max-w-full object-contain" />
      </div>
      {/^(?:jpe?g|jfif)$/.test(endingOf(file.entry.key)) && <CameraFacts file={file} />}
    </>
  );
}

function CameraFacts({ file }: { readonly file: PreviewedFile }) {
  const { data } = useFirstBytes(file, EXIF_BYTES);
  const exif = data === undefined ? undefined : readExif(data);
  const facts = exif === undefined ? [] : factsOf(exif);
  if (facts.length === 0) return null;
  return (
    <p className="shrink-0 border-line border-t bg-surface px-4 py-2 text-center text-caption text-muted">
      {facts.join(' · ')}
    </p>
  );
}

function factsOf({ camera, taken, exposureSeconds, aperture, iso, focalLengthMm, position }: ExifFacts): string[] {
  const exposure =
    exposureSeconds === undefined
      ? undefined
      : exposureSeconds >= 0.4
        ? `${round(exposureSeconds)} s`
        : `1/${Math.round(1 / exposureSeconds)} s`;
  return [
    camera,
    // The camera's own time, of which the zone is not known: shown as it stands.
    taken?.replace(/^(\d{4}):(\d\d):(\d\d)/, '$1-$2-$3'),
    exposure,
    aperture === undefined ? undefined : `f/${round(aperture)}`,
    iso === undefined ? undefined : `ISO ${iso}`,
    focalLengthMm === undefined ? undefined : `${round(focalLengthMm)} mm`,
    position === undefined ? undefined : `${position.latitude.toFixed(4)}°, ${position.longitude.toFixed(4)}°`,
  ].filter((fact) => fact !== undefined);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import { File } from 'lucide-react';
import { useState } from 'react';
import { getThumbnail } from '../../../../src-server/contract/thumbnails.ts';
import { urlOf } from '../../../lib/api.ts';
import type { PreviewedFile } from '../api/content.ts';

interface ThumbnailProps {
  readonly file: PreviewedFile;
  /** `row`: a small square beside a name; `tile`: as large as its place. */
  readonly look: 'row' | 'tile';
}

/** A small picture of a file once it is in sight; its icon where there is none. */
export function Thumbnail({ file: { bucket, entry }, look }: ThumbnailProps) {
  const [isMissing, setMissing] = useState(false);
  if (isMissing)
    return (
      <File
        size={look === 'row' ? 16 : 40}
        strokeWidth={look === 'row' ? 2 : 1}
        aria-hidden="true"
        className="shrink-0 text-muted"
      />
    );
  const src = urlOf(getThumbnail.path, { bucket }, { key: entry.key, v: entry.etag });
  const place = look === 'row' ? 'size-6 rounded-[3px] object-cover' : 'max-h-full max-w-full object-contain';
  return (
    <img
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setMissing(true)}
      className={`shrink-0 ${place}`}
    />
  );
}

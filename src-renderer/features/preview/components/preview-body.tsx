import { lazy, Suspense } from 'react';
import { t } from '../../../lib/i18n.ts';
import type { PreviewedFile } from '../api/content.ts';
import { kindOf } from '../kind.ts';
import { ArchiveView } from './archive-view.tsx';
import { ImageView } from './image-view.tsx';
import { JsonView } from './json-view.tsx';
import { MarkdownView } from './markdown-view.tsx';
import { MediaView } from './media-view.tsx';
import { PreviewLoading, Unshown } from './states.tsx';
import { SvgView } from './svg-view.tsx';
import { TableView } from './table-view.tsx';
import { TextView } from './text-view.tsx';

/** pdf.js is larger than the rest of the console. */
const PdfView = lazy(async () => ({ default: (await import('./pdf-view.tsx')).PdfView }));

export interface ViewProps {
  readonly file: PreviewedFile;
  readonly name: string;
  readonly onDownload: () => void;
}

/** The view of the file's kind; each has words for what is too large or broken. */
export function PreviewBody(props: ViewProps) {
  const { entry } = props.file;
  if (entry.sizeBytes === 0) return <Unshown {...props} reason={t('preview.empty')} />;
  switch (kindOf(entry.key)) {
    case 'image':
      return <ImageView {...props} />;
    case 'svg':
      return <SvgView {...props} />;
    case 'video':
    case 'audio':
      return <MediaView {...props} />;
    case 'pdf':
      return (
        <Suspense fallback={<PreviewLoading />}>
          <PdfView {...props} />
        </Suspense>
      );
    case 'markdown':
      return <MarkdownView {...props} />;
    case 'table':
      return <TableView {...props} />;
    case 'json':
      return <JsonView {...props} />;
    case 'archive':
      return <ArchiveView {...props} />;
    case 'text':
    case 'unknown':
      return <TextView {...props} />;
  }
}

import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { useContentReader } from '../api/content.ts';
import { openPdf } from '../api/open-pdf.ts';
import { drawPage, type PageSize, sizeOf, textOf } from '../api/pdf-page.ts';
import type { ViewProps } from './preview-body.tsx';
import { PreviewError, PreviewLoading, Unshown } from './states.tsx';

const MAX_PAGES = 2000;

/** A document, page below page, each drawn once it is near. */
export function PdfView(props: ViewProps) {
  const { file } = props;
  const { sizeBytes } = file.entry;
  const [state, setState] = useState<PDFDocumentProxy | 'broken' | 'locked' | ApiError>();
  const [firstSize, setFirstSize] = useState<PageSize>();
  const read = useContentReader(file);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it anew
  useEffect(() => {
    let isOpen = true;
    const fail = (failure: unknown) => {
      if (isOpen) setState(kindOfFailure(failure));
    };
    const { document, close } = openPdf(sizeBytes, read, fail);
    document
      .then(async (opened) => {
        const size = await sizeOf(opened, 1);
        if (!isOpen) return;
        setFirstSize(size);
        setState(opened);
      })
      .catch(fail);
    return () => {
      isOpen = false;
      setState(undefined);
      close();
    };
  }, [sizeBytes, read, attempt]);
  if (state instanceof ApiError) return <PreviewError error={state} onRetry={() => setAttempt(attempt + 1)} />;
  if (state === 'broken') return <Unshown {...props} reason={t('preview.brokenPdf')} />;
  if (state === 'locked') return <Unshown {...props} reason={t('preview.lockedPdf')} />;
  if (state === undefined || firstSize === undefined) return <PreviewLoading />;
  const pages = Array.from({ length: Math.min(state.numPages, MAX_PAGES) }, (_, index) => index + 1);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      aria-label={t('preview.document')}
      className="row-focus min-h-0 flex-1 overflow-auto p-2 sm:p-4"
    >
      <div className="mx-auto flex max-w-220 flex-col gap-2 sm:gap-4">
        {pages.map((number) => (
          <Page key={number} document={state} number={number} guess={firstSize} />
        ))}
      </div>
    </section>
  );
}

function kindOfFailure(failure: unknown): 'broken' | 'locked' | ApiError {
  if (failure instanceof ApiError) return failure;
  return failure instanceof Error && failure.name === 'PasswordException' ? 'locked' : 'broken';
}

interface PageProps {
  readonly document: PDFDocumentProxy;
  readonly number: number;
  /** Until its own size is known. */
  readonly guess: PageSize;
}

/** One page: drawn for the eye, and its text for those who have it read. */
function Page({ document, number, guess }: PageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isNear, setNear] = useState(false);
  const [size, setSize] = useState(guess);
  const [text, setText] = useState('');
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: '800px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const target = canvas.current;
    if (!isNear || target === null) return;
    const ended = new AbortController();
    void sizeOf(document, number)
      .then(async (own) => {
        if (ended.signal.aborted) return;
        setSize(own);
        await drawPage(document, number, target, ended.signal);
        const read = await textOf(document, number);
        if (!ended.signal.aborted) setText(read);
      })
      // A page that cannot be drawn stays white; the others are none the worse.
      .catch(() => undefined);
    return () => ended.abort();
  }, [document, number, isNear]);
  return (
    <div
      ref={frame}
      className="relative w-full bg-[#ffffff] shadow-float"
      style={{ aspectRatio: size.width / size.height }}
    >
      {isNear && (
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('preview.page', { number, count: document.numPages })}
          className="h-full w-full"
        />
      )}
      <p className="sr-only">{text}</p>
    </div>
  );
}

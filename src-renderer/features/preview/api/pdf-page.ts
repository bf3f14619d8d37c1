import type { PDFDocumentProxy } from 'pdfjs-dist';

/** In points. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** Browsers draw nothing on a canvas that is larger. */
const MAX_CANVAS_PIXELS = 16_000_000;
const MAX_TEXT = 20_000;

/** Rejects with pdf.js's errors. */
export async function sizeOf(document: PDFDocumentProxy, number: number): Promise<PageSize> {
  const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 });
  return { width, height };
}

/** Draws a page as sharp as the canvas is wide on this screen. Resolves without a word once `signal` is aborted; else rejects with pdf.js's errors. */
export async function drawPage(
  document: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  signal: AbortSignal,
): Promise<void> {
  const page = await document.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const wanted = (canvas.clientWidth * devicePixelRatio) / width;
  const scale = Math.min(wanted, Math.sqrt(MAX_CANVAS_PIXELS / (width * height)));
  const viewport = page.getViewport({ scale });
  if (signal.aborted) return;
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const drawing = page.render({ canvas, viewport });
  signal.addEventListener('abort', () => drawing.cancel());
  try {
    await drawing.promise;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The text of a page, in the order it was written. Rejects with pdf.js's errors. */
export async function textOf(document: PDFDocumentProxy, number: number): Promise<string> {
  const { items } = await (await document.getPage(number)).getTextContent();
  const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
  return text.slice(0, MAX_TEXT);
}

import { GlobalWorkerOptions, getDocument, PDFDataRangeTransport, type PDFDocumentProxy, version } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

/** Where `scripts/build-renderer.mjs` puts what pdf.js loads when a document needs it. */
const DATA = `/assets/pdfjs-${version}`;
/** Larger pictures in a document are left out. */
const MAX_IMAGE_PIXELS = 64_000_000;

interface OpenPdf {
  readonly document: Promise<PDFDocumentProxy>;
  close(): void;
}

/**
 * Opens a PDF of which only the ranges are read that are looked at. Scripts of a document never run: what of pdf.js could do
 * that is no part of the console. The promise rejects with pdf.js's own errors.
 *
 * @param read bytes [start, end) of the document
 * @param onLost called where bytes cannot be read any more, also long after the document was opened
 */
export function openPdf(
  sizeBytes: number,
  read: (start: number, end: number) => Promise<Uint8Array>,
  onLost: (error: unknown) => void,
): OpenPdf {
  const task = getDocument({
    range: new RangeReader(sizeBytes, read, onLost),
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    useWasm: false,
    useWorkerFetch: true,
    cMapUrl: `${DATA}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${DATA}/standard_fonts/`,
    wasmUrl: `${DATA}/decoders/`,
  });
  return { document: task.promise, close: () => void task.destroy() };
}

/** Not pdf.js's own loader: an address is good for minutes only, and a document is read for longer. */
class RangeReader extends PDFDataRangeTransport {
  readonly #read: (start: number, end: number) => Promise<Uint8Array>;
  readonly #onLost: (error: unknown) => void;

  constructor(
    sizeBytes: number,
    read: (start: number, end: number) => Promise<Uint8Array>,
    onLost: (error: unknown) => void,
  ) {
    super(sizeBytes, null);
    this.#read = read;
    this.#onLost = onLost;
  }

  override requestDataRange(start: number, end: number): void {
    this.#read(start, end).then((bytes) => this.onDataRange(start, bytes), this.#onLost);
  }
}

import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { Failure, isFailure } from '../../domain/failure.ts';

/** A browser form up to its file: what stands in front of it, and its bytes, still to be read. */
export interface PostForm {
  /** By lower-case name. */
  readonly fields: ReadonlyMap<string, string>;
  /** As the browser named it, without folders. */
  readonly fileName: string;
  /** The file's bytes, to be read once. Throws MalformedPOSTRequest where the form breaks off, and what its source throws. */
  readonly file: AsyncIterable<Uint8Array>;
  /** Stops reading; what follows the file is read and ignored before. Never throws. */
  close(): Promise<void>;
}

/** AWS's limit on everything in front of the file. */
const MAX_FIELD_BYTES = 20 * 1024;
/** Boundaries and part headers come on top of the fields. */
const MAX_BYTES_BEFORE_FILE = 256 * 1024;
/** AWS ignores what follows the file; so much of it is read, then the connection is given up. */
const MAX_BYTES_AFTER_FILE = 64 * 1024;
const MAX_FIELDS = 256;
const MAX_NAME_LENGTH = 256;

/**
 * Reads a `multipart/form-data` body up to the file, which is the last field that counts.
 *
 * @param source the request's body
 * @throws Failure PreconditionFailed for another content type, MalformedPOSTRequest, MaxPostPreDataLengthExceededError,
 *   InvalidArgument for no file or a field twice, and what `source` throws
 */
export async function readPostForm(
  contentType: string | undefined,
  source: AsyncIterable<Uint8Array>,
): Promise<PostForm> {
  const reader = new FormReader(createParser(contentType));
  return reader.run(source);
}

function createParser(contentType: string | undefined): BusboyInstance {
  if (contentType === undefined || !/^multipart\/form-data\b/i.test(contentType.trim())) {
    throw new Failure('PreconditionFailed', undefined, {
      fields: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
    });
  }
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { fieldNameSize: MAX_NAME_LENGTH, fieldSize: MAX_FIELD_BYTES + 1, headerPairs: 32, headerSize: 8192 },
      // By its name: browsers send other fields with a file name or a type as well.
      isPartAFile: (name) => name?.toLowerCase() === 'file',
    });
  } catch {
    throw new Failure('MalformedPOSTRequest');
  }
}

/** Feeds the parser from the source, with the parser's backpressure, and collects what comes before the file. */
class FormReader {
  readonly #parser: BusboyInstance;
  readonly #fields = new Map<string, string>();
  readonly #stop = new AbortController();
  #fieldBytes = 0;
  #file: BusboyFileStream | undefined;
  #fileEnded = false;
  #pump: Promise<void> = Promise.resolve();
  #settle: { resolve(form: PostForm): void; reject(reason: unknown): void } | undefined;

  constructor(parser: BusboyInstance) {
    this.#parser = parser;
  }

  run(source: AsyncIterable<Uint8Array>): Promise<PostForm> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#parser.on('field', (name, value) => this.#takeField(name, value));
      this.#parser.on('file', (_name, file, fileName) => this.#takeFile(file, fileName));
      this.#parser.on('error', () => this.#fail(new Failure('MalformedPOSTRequest')));
      this.#parser.on('finish', () => this.#fail(noFile()));
      this.#pump = this.#feed(source).catch((error: unknown) => this.#fail(error));
    });
  }

  async #feed(source: AsyncIterable<Uint8Array>): Promise<void> {
    let before = 0;
    let behind = 0;
    for await (const bytes of source) {
      if (this.#file === undefined) before += bytes.length;
      if (this.#fileEnded) behind += bytes.length;
      if (this.#stop.signal.aborted || behind > MAX_BYTES_AFTER_FILE) return;
      await this.#write(bytes);
      if (this.#file === undefined && before > MAX_BYTES_BEFORE_FILE) throw tooLong();
    }
    this.#parser.end();
  }

  /** Resolves when the parser wants more, also where the reader of the file has given up. */
  #write(bytes: Uint8Array): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.#parser.write(bytes, done);
    });
  }

  #takeField(name: string | undefined, value: string): void {
    // What follows the file does not count.
    if (this.#file !== undefined || name === undefined) return;
    const lower = name.toLowerCase();
    this.#fieldBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    if (this.#fieldBytes > MAX_FIELD_BYTES || this.#fields.size === MAX_FIELDS) this.#fail(tooLong());
    if (this.#fields.has(lower)) {
      this.#fail(
        new Failure('InvalidArgument', `POST requires at most one field named '${lower}'.`, {
          fields: { ArgumentName: lower, ArgumentValue: value.slice(0, 1024) },
        }),
      );
    }
    this.#fields.set(lower, value);
  }

  #takeFile(file: BusboyFileStream, fileName: string | undefined): void {
    // An error is for whoever reads the file; without a listener it would end the process.
    file.on('error', () => undefined);
    if (this.#file !== undefined) {
      file.resume();
      return;
    }
    this.#file = file;
    file.on('end', () => {
      this.#fileEnded = true;
    });
    this.#settle?.resolve({
      fields: this.#fields,
      fileName: fileName ?? '',
      file: readFile(file),
      close: () => this.#close(),
    });
    this.#settle = undefined;
  }

  #fail(error: unknown): void {
    const failure = isFailure(error) ? error : error instanceof Error ? error : new Failure('MalformedPOSTRequest');
    this.#settle?.reject(failure);
    this.#settle = undefined;
    if (!this.#fileEnded) this.#file?.destroy(failure);
    this.#stop.abort();
  }

  async #close(): Promise<void> {
    if (!this.#fileEnded) {
      this.#file?.destroy();
      this.#stop.abort();
    }
    await this.#pump;
  }
}

async function* readFile(file: BusboyFileStream): AsyncGenerator<Uint8Array> {
  try {
    // A stream of buffers: no encoding is set on it.
    for await (const bytes of file) yield bytes as Uint8Array;
  } catch (error) {
    // The parser's own errors say that the form ended inside the file.
    throw isFailure(error) ? error : new Failure('MalformedPOSTRequest');
  }
}

function noFile(): Failure {
  return new Failure('InvalidArgument', 'POST requires exactly one file upload per request.', {
    fields: { ArgumentName: 'file', ArgumentValue: '0' },
  });
}

function tooLong(): Failure {
  return new Failure('MaxPostPreDataLengthExceededError');
}

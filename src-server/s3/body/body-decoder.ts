/** Takes the framing off a body, synchronously, buffer by buffer. */
export interface BodyDecoder {
  /** Hands every piece of decoded data to `emit`, as views of `bytes`. Throws a Failure. */
  push(bytes: Buffer, emit: (data: Buffer) => void): void;
  /** The socket's body has ended. Throws a Failure where the framing has not. */
  end(): void;
  /** After `end`: the trailing header lines, by lower-case name. */
  readonly trailers: ReadonlyMap<string, string>;
}

const NO_TRAILERS: ReadonlyMap<string, string> = new Map();

/** A body without framing of its own. */
export const PLAIN_BODY: BodyDecoder = {
  push: (bytes, emit) => emit(bytes),
  end: () => undefined,
  trailers: NO_TRAILERS,
};

/** Between the server and the process that makes small pictures. One picture at a time. */
export type ToThumbnailProcess =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** All bytes of the picture were sent. */
  | { readonly kind: 'make'; readonly edgePx: number };

export type FromThumbnailProcess =
  | { readonly kind: 'ready' }
  /** The library does not load on this machine. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  /** No picture, a broken one, or too large a one. */
  | { readonly kind: 'refused'; readonly reason: string };

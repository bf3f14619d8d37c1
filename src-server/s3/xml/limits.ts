/** Bounds that a request's XML must keep, checked before or while it is parsed. */
export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
}

const MAX_DEPTH = 16;

/** By kind of body; SECURITY.md fixes bytes and depth, AWS's own counts (1,000 keys, 10,000 parts) the elements. */
export const XML_LIMITS = {
  configuration: { maxBytes: 1024 * 1024, maxDepth: MAX_DEPTH, maxElements: 50_000 },
  deleteObjects: { maxBytes: 2 * 1024 * 1024, maxDepth: MAX_DEPTH, maxElements: 10_000 },
  completeMultipartUpload: { maxBytes: 4 * 1024 * 1024, maxDepth: MAX_DEPTH, maxElements: 100_000 },
} as const satisfies Record<string, XmlLimits>;

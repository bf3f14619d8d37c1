const SHAPES = { good: ['●', 'text-fine'], refused: ['▲', 'text-attention'], failed: ['■', 'text-stopped'] } as const;

/** A status with its shape: answered, refused, or our fault. */
export function StatusCode({ status }: { readonly status: number }) {
  const [shape, colour] = SHAPES[status >= 500 || status === 0 ? 'failed' : status >= 400 ? 'refused' : 'good'];
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`text-caption ${colour}`}>
        {shape}
      </span>
      {status === 0 ? '–' : status}
    </span>
  );
}

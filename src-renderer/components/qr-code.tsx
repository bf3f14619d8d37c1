import { useQuery } from '@tanstack/react-query';

/** A text for a phone's camera: dark on light in every theme, since not every reader takes it the other way round. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  // The encoder is loaded with the first code that is shown. The text may be a secret: it is kept nowhere.
  const encoder = useQuery({
    queryKey: ['qr-encoder'],
    queryFn: () => import('uqr'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (encoder.data === undefined) return <div className="size-44 shrink-0" />;
  const { data, size } = encoder.data.encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      className="size-44 shrink-0 rounded-control"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

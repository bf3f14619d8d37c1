interface QuotaBarProps {
  readonly label: string;
  readonly used: number;
  /** Null: no limit, and no bar. */
  readonly limit: number | null;
  /** Both in words. */
  readonly text: string;
}

const NEARLY = 0.9;

/** How much of a limit is used. */
export function QuotaBar({ label, used, limit, text }: QuotaBarProps) {
  const share = limit === null ? 0 : limit === 0 ? 1 : Math.min(1, used / limit);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap justify-between gap-x-3">
        <span className="text-muted">{label}</span>
        <span className="tabular-nums">{text}</span>
      </div>
      {limit !== null && (
        // biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> in colours of their own
        <div
          role="meter"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          aria-valuetext={text}
          className="h-2.5 overflow-hidden rounded-control border border-line-strong bg-sunken"
        >
          <div
            className={`h-full ${share >= NEARLY ? 'bg-attention' : 'bg-series-1'}`}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
    </div>
  );
}

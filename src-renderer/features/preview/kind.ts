/** How a file is shown. What a browser could run (SVG, HTML, scripts) is text, or a picture that runs nothing. */
type PreviewKind =
  | 'image'
  | 'svg'
  | 'video'
  | 'audio'
  | 'pdf'
  | 'markdown'
  | 'table'
  | 'json'
  | 'text'
  | 'archive'
  | 'unknown';

const KINDS: Readonly<Record<Exclude<PreviewKind, 'unknown'>, string>> = {
  image: 'png jpg jpeg jfif gif webp avif bmp ico',
  svg: 'svg',
  video: 'mp4 m4v webm mov ogv mkv',
  audio: 'mp3 m4a aac ogg oga opus flac wav weba',
  pdf: 'pdf',
  markdown: 'md markdown',
  table: 'csv tsv',
  json: 'json geojson webmanifest',
  archive: 'zip jar docx xlsx pptx odt ods odp epub apk cbz',
  text: `txt text log ini cfg conf properties env html htm xhtml xml xsl css scss less js mjs cjs jsx ts mts cts tsx vue svelte
    py rb php pl lua r jl go rs c h cc cpp cxx hpp cs java kt kts swift scala clj ex exs erl hs ml fs dart zig nim sql graphql
    proto yaml yml toml sh bash zsh fish ps1 bat cmd dockerfile makefile gitignore editorconfig diff patch tex bib srt vtt
    ics vcf jsonl ndjson rst adoc org nix tf hcl gradle cmake lock pem crt csr service nfo`,
};

const BY_ENDING: ReadonlyMap<string, PreviewKind> = new Map(
  Object.entries(KINDS).flatMap(([kind, endings]) =>
    // The keys of the record above are these kinds.
    endings.split(/\s+/).map((ending) => [ending, kind as PreviewKind] as const),
  ),
);

/** The ending of a name in lower case; a name without one is its own (`Dockerfile`). */
export function endingOf(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1).toLowerCase();
  return name.slice(name.lastIndexOf('.') + 1);
}

export function kindOf(key: string): PreviewKind {
  return BY_ENDING.get(endingOf(key)) ?? 'unknown';
}

/** Can the server make a small picture of it? What is listed here is asked for; the server decides by the bytes. */
export function mayHaveThumbnail(key: string): boolean {
  return /^(?:png|jpe?g|jfif|gif|webp|avif|tiff?)$/.test(endingOf(key));
}

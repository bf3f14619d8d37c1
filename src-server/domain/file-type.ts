/** Kinds of files as people look for them; which one a file is of, its ending tells. */
export const FILE_KINDS = ['image', 'video', 'audio', 'document', 'text', 'archive'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const ENDINGS: Readonly<Record<FileKind, string>> = {
  image: 'jpg jpeg png gif webp avif heic heif bmp tif tiff svg ico raw cr2 cr3 nef arw dng psd',
  video: 'mp4 m4v mov mkv webm avi wmv mpg mpeg mts m2ts 3gp ogv',
  audio: 'mp3 m4a aac flac wav ogg oga opus wma aiff mid',
  document: 'pdf doc docx odt rtf xls xlsx ods ppt pptx odp pages numbers key epub',
  text: 'txt md csv tsv json jsonl xml yaml yml toml ini log html css js ts tsx jsx py rb go rs java c h cpp cs php sh sql',
  archive: 'zip tar gz tgz bz2 xz zst 7z rar iso dmg jar',
};

const KIND_OF: ReadonlyMap<string, FileKind> = new Map(
  FILE_KINDS.flatMap((kind) => ENDINGS[kind].split(' ').map((ending) => [ending, kind] as const)),
);

/** What stands behind the last point of the last part of a key, in lower case; `''` where that is no short word. */
export function endingOf(key: string): string {
  const point = key.lastIndexOf('.');
  if (point <= 0 || key.length - point > 9 || key[point - 1] === '/') return '';
  const ending = key.slice(point + 1);
  return /^[A-Za-z0-9]+$/.test(ending) ? ending.toLowerCase() : '';
}

export function kindOf(key: string): FileKind | undefined {
  return KIND_OF.get(endingOf(key));
}

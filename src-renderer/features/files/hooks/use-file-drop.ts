import { type DragEvent, useRef, useState } from 'react';
import type { FileToUpload } from '../../uploads/hooks/upload-queue.ts';

/** Handlers for an element on which files and folders are dropped; `onFiles` gets them with their paths. */
export function useFileDrop(onFiles: (files: readonly FileToUpload[]) => void, isEnabled: boolean) {
  const depth = useRef(0);
  const [isOver, setOver] = useState(false);
  const enter = (change: number) => {
    depth.current += change;
    setOver(depth.current > 0);
  };
  const takes = (event: DragEvent) => isEnabled && event.dataTransfer.types.includes('Files');
  return {
    isOver,
    handlers: {
      onDragEnter: (event: DragEvent) => void (takes(event) && enter(1)),
      onDragLeave: (event: DragEvent) => void (takes(event) && enter(-1)),
      onDragOver: (event: DragEvent) => void (takes(event) && event.preventDefault()),
      onDrop: (event: DragEvent) => {
        if (!takes(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        // Items must be taken before the handler ends; their content may be read later. What is no file of a disk has no entry.
        const reading = [...event.dataTransfer.items].map((item) => {
          const entry = item.webkitGetAsEntry();
          if (entry !== null) return filesOf(entry);
          const file = item.getAsFile();
          return file === null ? [] : [{ path: file.name, file }];
        });
        void Promise.all(reading).then((found) => onFiles(found.flat()));
      },
    },
  };
}

async function filesOf(entry: FileSystemEntry): Promise<FileToUpload[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry)) return [{ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) }];
  if (!isDirectory(entry)) return [];
  const found: FileToUpload[] = [];
  const reader = entry.createReader();
  // A reader answers at most 100 entries a call, and none when it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

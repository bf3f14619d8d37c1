import { type DragEvent, useRef, useState } from 'react';
import { uploadDropped } from '../../transfers/start.ts';

interface Target {
  readonly bucket: string;
  readonly prefix: string;
}

/** Handlers for an element on which files and folders are dropped, to be uploaded there. */
export function useFileDrop(target: Target, isEnabled: boolean) {
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
        uploadDropped(event.dataTransfer, target);
      },
    },
  };
}

// A sheet is read to its end before it is agreed to: the key that agrees shows the next screenful until the end was there.
import { useEffect, useRef, type RefObject } from 'react';

/** Lines of the last screenful that stay in sight, pixels. */
const overlap = 96;
const nearEnd = 24;

export interface ReadOn {
  sheet: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** Scrolls on; answers whether the end was in sight already. */
  readOn: () => boolean;
}

/** `shown`: what lies on the screen, by key and digest; another content begins at its top, unread. */
export function useReadOn(shown: string | null): ReadOn {
  const sheet = useRef<HTMLDivElement>(null);
  const read = useRef<ReadonlySet<string>>(new Set());
  const atEnd = (): boolean => {
    const element = sheet.current;
    return element !== null && element.scrollTop + element.clientHeight >= element.scrollHeight - nearEnd;
  };
  const last = useRef(shown);
  useEffect(() => {
    if (last.current === shown) return;
    last.current = shown;
    if (sheet.current !== null) sheet.current.scrollTop = 0;
  }, [shown]);
  const note = (): void => {
    if (shown !== null && atEnd()) read.current = new Set([...read.current, shown]);
  };
  return {
    sheet,
    onScroll: note,
    readOn() {
      if (shown === null) return false;
      note();
      if (read.current.has(shown)) return true;
      const element = sheet.current;
      element?.scrollBy({ top: Math.max(80, element.clientHeight - overlap) });
      return false;
    },
  };
}

// Charts as SVG whose colours stand in the picture itself, so that a saved file looks as the screen does.
import type { RefObject } from 'react';
import { saveFile } from '../design/files.ts';
import { fontFamily, palette } from '../design/theme.ts';

export const FONT = { fontFamily, fontSize: 12, fill: palette.ink } as const;
export const SOFT = { fontFamily, fontSize: 11, fill: palette.inkSoft } as const;
export const LINE = { stroke: palette.line, strokeWidth: 1 } as const;

export function saveChart(svg: RefObject<SVGSVGElement | null>, fileName: string): void {
  if (svg.current === null) return;
  const text = new XMLSerializer().serializeToString(svg.current);
  saveFile(fileName, new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: 'image/svg+xml' }));
}

/** A round figure at or above, for the top of an axis: 1, 2, 5, 10, 20 … */
export function roundTop(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const top = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return top * power;
}

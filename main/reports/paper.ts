// What a kind of paper is: a schema for its content, a template, and a function that arranges the content for the
// template. A new paper is one file of this shape plus one `.typ` file, and one line in `papers.ts`.
import type { z } from 'zod';

export interface PaperInput<T> {
  readonly content: T;
  /** Whether the paper carries the platform's code; without it a report bears the watermark. */
  readonly coded: boolean;
  /** Words across every page of a report that counts no longer. */
  readonly mark?: string | null;
}

/** What a template reads as `data`; plain JSON. */
export interface PaperData {
  readonly document: {
    readonly title: string;
    readonly author: string;
    /** [year, month, day], never the clock: equal content gives equal bytes. */
    readonly date: readonly [number, number, number] | null;
  };
  readonly [key: string]: unknown;
}

export interface Paper<T> {
  /** Chinese name, for messages. */
  readonly name: string;
  /** File name inside templates/. */
  readonly template: string;
  readonly schema: z.ZodType<T>;
  arrange(input: PaperInput<T>): PaperData;
}

export function dateParts(day: string | null): readonly [number, number, number] | null {
  const match = day === null ? null : /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** 2025-11-23 → 2025 年 11 月 23 日. */
export function printedDay(day: string): string {
  const parts = dateParts(day);
  return parts === null ? day : `${parts[0]} 年 ${parts[1]} 月 ${parts[2]} 日`;
}

// A trial paper: one image alone, set before anybody relies on it.
import { z } from 'zod';
import { paperImagesSchema } from '../../shared/reports/report-parts.ts';
import type { Paper } from './paper.ts';

const pictureSchema = z.object({ kind: z.literal('picture'), images: paperImagesSchema });
export type PictureContent = z.infer<typeof pictureSchema>;

export const picturePaper: Paper<PictureContent> = {
  name: '图片',
  template: 'picture.typ',
  schema: pictureSchema,
  arrange: ({ content }) => ({
    ...content,
    auditHeadShort: '',
    document: { title: '图片', author: '检台', date: null },
  }),
};

// How a file of readings is to be read, as data: what kind of file, which column names the sample and the specimen, and
// which hold which reading in which unit. Nothing in the program knows a make; nothing is read that the profile does not
// name, and a column without a unit is no reading.
import { z } from 'zod';
import { parseProfile } from '../drivers/profile.ts';
import { unitNames } from './units.ts';

const words = (most: number) => z.string().trim().min(1, '必填').max(most);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, '只用小写字母、数字和连字符，最多 40 个');

/** A heading as it stands in the file, or the number of the column from 1. */
const column = z.union([words(80), z.int().min(1).max(500)]);
export type ColumnRef = z.output<typeof column>;

const encoding = z.enum(['auto', 'utf-8', 'gb18030']);
const head = {
  /** Lines before the headings (or before the data) that say nothing. */
  skipRows: z.int().min(0).max(100).default(0),
  /** Whether a row of headings follows. */
  headings: z.boolean().default(true),
};

const inDatabase = {
  table: words(80),
  /** Columns that give the order of the rows. */
  orderBy: z.array(words(80)).max(5).default([]),
};

const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['csv', 'txt']),
    encoding: encoding.default('auto'),
    /** One character, `tab`, or `blank`: one or more spaces. */
    delimiter: z.union([z.enum(['tab', 'blank']), z.string().length(1, '一个字符，或 tab、blank')]).default(','),
    ...head,
  }),
  /** A log of lines that a Digimatic box sent: columns 1 channel, 2 value. */
  z.strictObject({ kind: z.literal('digimatic'), encoding: encoding.default('auto') }),
  z.strictObject({ kind: z.literal('xlsx'), sheet: words(60).optional(), ...head }),
  z.strictObject({ kind: z.literal('sqlite'), ...inDatabase }),
  /** Access 2000 to 2003. */
  z.strictObject({ kind: z.literal('mdb'), ...inDatabase }),
]);

const value = z
  .strictObject({
    id,
    label: words(40),
    kind: z.enum(['decimal', 'choice', 'text']).default('decimal'),
    /** A row is a specimen: the columns of the value, several for several readings of one place. */
    columns: z.array(column).min(1).max(200).optional(),
    /** A row is a value: what the name column says. */
    names: z.array(words(60)).min(1).max(40).optional(),
    /** The method's reading; without it a person chooses before the values are taken. */
    field: words(60).optional(),
    /** The true unit of the figures in the file; empty for figures without one, such as a rebound. */
    unit: z.enum(unitNames, '不认识的单位').optional(),
    /** What the file says beside the figure, where that is another unit than the true one. */
    shownUnit: words(20).optional(),
    /** The true unit must have been confirmed with one known value before anything is taken. */
    confirm: z.boolean().default(false),
    /** Words of the file to the values of a choice. */
    choices: z.record(z.string().max(40), words(60)).optional(),
    /** Empty cells say nothing; without it they are faults. */
    mayBeEmpty: z.boolean().default(false),
  })
  .superRefine((entry, context) => {
    if (entry.kind === 'decimal' && entry.unit === undefined)
      context.addIssue({ code: 'custom', path: ['unit'], message: '数值须写明真实单位，没有单位的写空字符串' });
    if (entry.kind === 'choice' && entry.choices === undefined)
      context.addIssue({ code: 'custom', path: ['choices'], message: '选项须写明文件里的文字各是什么' });
    if ((entry.columns === undefined) === (entry.names === undefined))
      context.addIssue({ code: 'custom', path: ['columns'], message: 'columns 和 names 须写其中一个' });
    if (entry.shownUnit !== undefined && entry.shownUnit !== entry.unit && !entry.confirm)
      context.addIssue({
        code: 'custom',
        path: ['confirm'],
        message: '标注的单位与真实单位不同时，须由人用已知值确认',
      });
  });
export type ValueColumn = z.output<typeof value>;

const place = z.strictObject({
  column,
  /** Taken off before the number is read: `测区`, `#`. */
  prefix: z.string().max(20).default(''),
  suffix: z.string().max(20).default(''),
});

export const fileProfileSchema = z
  .strictObject({
    id,
    title: words(60),
    /** 回弹仪, 数显卡尺 …: what it is printed as. */
    instrument: words(40),
    status: z.enum(['proven', 'unproven']).default('unproven'),
    statusNote: z.string().max(300).default(''),
    source,
    decimal: z.enum(['.', ',']).default('.'),
    thousands: z.enum(['none', ',', '.', ' ']).default('none'),
    /** Only rows in which each of these columns says one of these words. */
    filter: z
      .array(z.strictObject({ column, equals: z.array(z.string().max(60)).min(1).max(20) }))
      .max(5)
      .default([]),
    /** Column with the sample's code or number; without it the person says which record the file is of. */
    sample: column.optional(),
    /** Which specimen a row is of: a column, or in the order of the rows. */
    specimen: z.union([place, z.literal('order')]).default('order'),
    /** A row is a value: what it is of, and where it stands. */
    long: z.strictObject({ name: column, value: column, unit: column.optional() }).optional(),
    measuredAt: z
      .strictObject({
        column,
        /** Time of day, where it stands in a column of its own. */
        timeColumn: column.optional(),
        format: z.enum(['YYYY-MM-DD', 'YYYY/MM/DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYYMMDD']),
      })
      .optional(),
    values: z.array(value).min(1).max(60),
  })
  .superRefine((profile, context) => {
    const ids = new Set<string>();
    for (const [index, entry] of profile.values.entries()) {
      if (ids.has(entry.id)) context.addIssue({ code: 'custom', path: ['values', index, 'id'], message: '重复' });
      ids.add(entry.id);
      if ((profile.long === undefined) !== (entry.names === undefined))
        context.addIssue({
          code: 'custom',
          path: ['values', index, 'names'],
          message: '每行一个值时写 names 和 long；每行一个试件时写 columns',
        });
    }
    if (profile.source.kind === 'mdb' && profile.specimen === 'order' && profile.source.orderBy.length === 0)
      context.addIssue({
        code: 'custom',
        path: ['source', 'orderBy'],
        message: 'Access 数据库里的行没有固定顺序：按行的顺序取试件时须写 orderBy',
      });
    if (profile.thousands === profile.decimal)
      context.addIssue({ code: 'custom', path: ['thousands'], message: '千位分隔符与小数点不能相同' });
  });

export type FileProfile = z.output<typeof fileProfileSchema>;
export type FileKind = FileProfile['source']['kind'];

export const parseFileProfile = (input: unknown): FileProfile => parseProfile(fileProfileSchema, input, '文件导入配置');

/** Endings of the files that a profile reads. */
export const extensionsOf = ({ source: { kind } }: FileProfile): readonly string[] =>
  ({
    csv: ['csv', 'txt'],
    txt: ['txt', 'csv', 'dat', 'log'],
    digimatic: ['txt', 'log', 'csv'],
    xlsx: ['xlsx'],
    sqlite: ['db', 'sqlite', 'sqlite3', 'db3'],
    mdb: ['mdb'],
  })[kind];

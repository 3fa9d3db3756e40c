// Everything that stands on the 检测方法验证报告 (RB/T 214-2017 4.5.16: software is confirmed before use and after every change):
// which program ran where and when, every method with its editions, settings and limits, every vector line with what it
// must give and what it gave, and plainly what was not validated. The paper cannot call equal what is not.
import { z } from 'zod';
import { sha256Text, wallTime } from '../entities/scalars.ts';
import { printedLine, requiredPrintedLine } from './printable.ts';

const count = z.number().int().min(0);

export const printedVectorSchema = z
  .object({
    id: requiredPrintedLine(40),
    /** Name of the computation in the vector file. */
    method: requiredPrintedLine(80),
    standard: printedLine(160),
    inputs: requiredPrintedLine(900),
    expected: requiredPrintedLine(900),
    computed: requiredPrintedLine(900),
    equal: z.boolean(),
  })
  .refine(({ equal, expected, computed }) => !equal || expected === computed, '两个结果不同，不能写作一致');

export const validatedMethodSchema = z.object({
  id: requiredPrintedLine(60),
  name: requiredPrintedLine(60),
  /** 用途, 检测项目代码, 检测参数. */
  facts: z.array(z.tuple([requiredPrintedLine(20), requiredPrintedLine(600)])),
  editions: z.array(
    z.object({
      id: requiredPrintedLine(80),
      test: requiredPrintedLine(60),
      judgement: printedLine(60),
      rounding: requiredPrintedLine(60),
      inForce: requiredPrintedLine(60),
      vectors: count,
    }),
  ),
  policies: z.array(
    z.object({
      name: requiredPrintedLine(80),
      label: requiredPrintedLine(120),
      clause: printedLine(300),
      usual: requiredPrintedLine(160),
      others: printedLine(600),
    }),
  ),
  limits: z.array(
    z.object({
      standard: requiredPrintedLine(60),
      clause: printedLine(120),
      title: requiredPrintedLine(120),
      rows: count,
      verified: z.boolean(),
    }),
  ),
  vectors: z.array(printedVectorSchema),
});

/** A method and an edition of it: clauses by standard, lines that prove it, workplaces, papers. */
export const printedCoverageSchema = z.object({
  id: requiredPrintedLine(60),
  name: requiredPrintedLine(60),
  edition: requiredPrintedLine(80),
  clauses: z.array(requiredPrintedLine(900)),
  vectors: requiredPrintedLine(20),
  screens: z.array(requiredPrintedLine(20)),
  papers: z.array(requiredPrintedLine(40)),
});

export const methodValidationContentSchema = z
  .object({
    kind: z.literal('method-validation'),
    /** Empty where the program runs without a laboratory (command line). */
    institution: printedLine(100),
    program: z.object({ name: requiredPrintedLine(60), version: requiredPrintedLine(40) }),
    runtime: z.object({ node: requiredPrintedLine(40), platform: requiredPrintedLine(120) }),
    madeAt: wallTime,
    /** Who asked for it; empty on the command line. */
    madeBy: printedLine(60),
    files: z.array(z.object({ name: requiredPrintedLine(100), sha256: sha256Text, lines: count.min(1) })).min(1),
    summary: z.object({ lines: count.min(1), equal: count, different: count }),
    methods: z.array(validatedMethodSchema).min(1),
    /** What was not validated, under headings; a heading without an entry says 无. */
    notValidated: z.array(z.object({ title: requiredPrintedLine(60), entries: z.array(requiredPrintedLine(300)) })),
    coverage: z.array(printedCoverageSchema).min(1),
  })
  .superRefine(({ summary, methods, files }, context) => {
    const vectors = methods.flatMap((method) => method.vectors);
    const equal = vectors.filter((vector) => vector.equal).length;
    const fileLines = files.reduce((sum, { lines }) => sum + lines, 0);
    const agrees =
      summary.lines === vectors.length &&
      summary.lines === fileLines &&
      summary.equal === equal &&
      summary.different === vectors.length - equal;
    if (!agrees) context.addIssue({ code: 'custom', path: ['summary'], message: '合计与各行不符' });
  });
export type MethodValidationContent = z.infer<typeof methodValidationContentSchema>;

// The validation of all methods: read the vectors, recompute every line, set the report. The same for the command line and
// for a window; the answer names every line that differs.
import { arch, platform, release } from 'node:os';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { listMethods } from '../../../shared/methods/index.ts';
import type { VectorFile } from '../../../shared/methods/vectors/index.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { programName, programVersion } from '../program.ts';
import { checkVectors, type CheckedLine } from './checkVectors.ts';
import { shownValues } from './shownValues.ts';
import { validationContent, type ValidationFacts } from './validationPaper.ts';
import { readVectorFiles } from './vectorFiles.ts';

export interface ValidationOptions {
  now: Date;
  institution?: string;
  madeBy?: string;
  /** The files that ship with the program, when not given. */
  files?: readonly VectorFile[];
  runtime?: ValidationFacts['runtime'];
}

export interface Difference {
  id: string;
  methodId: string | null;
  method: string;
  expected: string;
  computed: string;
}

export interface MethodValidation {
  at: string;
  fileName: string;
  pdf: Uint8Array;
  sha256: string;
  lines: number;
  equal: number;
  different: readonly Difference[];
  checked: readonly CheckedLine[];
}

const compactTime = (at: string): string => at.slice(0, 19).replaceAll(/[-:]/g, '');

export async function validateMethods(
  renderer: Pick<ReportRenderer, 'renderValidation'>,
  options: ValidationOptions,
): Promise<MethodValidation> {
  const methods = listMethods();
  const files = readVectorFiles(options.files);
  const checked = checkVectors(
    methods,
    files.flatMap((file) => file.lines),
  );
  const at = toWallTime(options.now);
  const version = programVersion();
  const content = validationContent(
    {
      institution: options.institution ?? '',
      program: { name: programName(), version },
      runtime: options.runtime ?? { node: process.version, platform: `${platform()} ${arch()} ${release()}` },
      madeAt: at,
      madeBy: options.madeBy ?? '',
    },
    methods,
    files,
    checked,
  );
  const pdf = await renderer.renderValidation(content);
  return {
    at,
    fileName: `方法验证报告-${version}-${compactTime(at)}.pdf`,
    pdf,
    sha256: sha256Hex(pdf),
    lines: content.summary.lines,
    equal: content.summary.equal,
    different: checked
      .filter(({ equal }) => !equal)
      .map(({ id, methodId, method, expected, computed }) => ({
        id,
        methodId,
        method,
        expected: shownValues(expected),
        computed: shownValues(computed, Object.keys(expected)),
      })),
    checked,
  };
}

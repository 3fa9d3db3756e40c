// The Typst compiler, warm, with our fonts only. Content reaches a template as JSON text in `sys.inputs`, never as
// template text, so no character of it can be read as markup. No clock, no system fonts, no network: pure bytes.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { AppError } from '../../shared/errors/appError.ts';
import { coveredCharacters, unprintableFields } from './font-coverage.ts';
import { readFonts } from './fonts.ts';
import type { PaperData } from './paper.ts';

export interface CompilerFolders {
  /** Folder with the four font files; null takes them from node_modules. */
  readonly fontsFolder: string | null;
  readonly templatesFolder: string;
}

export interface PaperCompiler {
  /** PDF/A-2b bytes of `template` filled with `data`. */
  compile(template: string, data: PaperData, images?: Readonly<Record<string, Uint8Array>>): Buffer;
}

/** Bytes as lists of numbers: the compiler takes text alone. A paper without images has no such input. */
function imageInputs(images: Readonly<Record<string, Uint8Array>>): Record<string, string> {
  const lists = Object.entries(images).map(([sha256, bytes]) => [sha256, [...bytes]] as const);
  return lists.length === 0 ? {} : { images: JSON.stringify(Object.fromEntries(lists)) };
}

/** The workspace exists only in memory: nothing but the added sources can be imported or read by a template. */
const workspace = resolve('/jiantai-papers');

export function createPaperCompiler(folders: CompilerFolders): PaperCompiler {
  const fonts = readFonts(folders.fontsFolder);
  const covered = new Set<number>();
  // The regular weights decide; the bold ones are cut from the same character set.
  for (const font of [fonts[0], fonts[2]]) if (font) for (const point of coveredCharacters(font)) covered.add(point);
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts }] });
  for (const file of readdirSync(folders.templatesFolder).filter((name) => name.endsWith('.typ'))) {
    compiler.addSource(join(workspace, file), readFileSync(join(folders.templatesFolder, file), 'utf8'));
  }
  return {
    compile(template, data, images = {}) {
      const details = unprintableFields(data, covered);
      if (details.length > 0) {
        throw new AppError({
          code: 'REPORT_CHARACTER_NOT_PRINTABLE',
          message: '有的字在报告使用的字体里没有，打印出来会是空框。',
          meaning: '没有生成文件，已有的数据没有变化。',
          next: '请按列出的字段改用通用规范汉字，或联系管理员补充字体。',
          details,
        });
      }
      try {
        const outcome = compiler.compile({
          mainFilePath: join(workspace, template),
          inputs: { data: JSON.stringify(data), ...imageInputs(images) },
        });
        const document = outcome.result;
        if (document === null) {
          const error = outcome.takeError();
          throw new Error(JSON.stringify(error?.shortDiagnostics ?? 'no diagnostics'));
        }
        return compiler.pdf(document, { pdfStandard: 'a-2b' });
      } catch (cause) {
        throw new AppError(
          {
            code: 'REPORT_COMPILE_FAILED',
            message: '排版没有成功。',
            meaning: '没有生成文件，已有的数据没有变化。',
            next: '请再试一次；仍不行时请把这条信息发给技术支持。',
            details: [{ message: cause instanceof Error ? cause.message : String(cause) }],
          },
          { cause },
        );
      } finally {
        // Results of the last few papers stay (the shared parts are the same), everything older is given back.
        compiler.evictCache(2);
      }
    },
  };
}

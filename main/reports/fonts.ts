// The four static TrueType files that every paper is set in. Static, because variable and CFF fonts end up as nameless
// Type 3 fonts in PDFs; read through node:fs and handed over as bytes, because the compiler's native code cannot look
// into an asar, and must not find other fonts on the machine: the same content has to give the same bytes everywhere.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/appError.ts';

const fontFiles = [
  ['@expo-google-fonts/noto-serif-sc', '400Regular/NotoSerifSC_400Regular.ttf'],
  ['@expo-google-fonts/noto-serif-sc', '700Bold/NotoSerifSC_700Bold.ttf'],
  ['@expo-google-fonts/noto-sans-sc', '400Regular/NotoSansSC_400Regular.ttf'],
  ['@expo-google-fonts/noto-sans-sc', '700Bold/NotoSansSC_700Bold.ttf'],
] as const;

/** File names that a packaged app's fonts folder has to hold. */
export const fontFileNames: readonly string[] = fontFiles.map(([, path]) => path.slice(path.indexOf('/') + 1));

/** Where the font files lie in source mode (inside node_modules); a packaging script copies them from here. */
export function sourceFontPaths(): string[] {
  const require = createRequire(import.meta.url);
  return fontFiles.map(([name, path]) => require.resolve(`${name}/${path}`));
}

/** Reads the fonts from `folder`, or from node_modules when it is null. */
export function readFonts(folder: string | null): Buffer[] {
  try {
    const paths = folder === null ? sourceFontPaths() : fontFileNames.map((name) => join(folder, name));
    return paths.map((path) => readFileSync(path));
  } catch (cause) {
    throw new AppError(
      {
        code: 'REPORT_FONTS_MISSING',
        message: '找不到报告使用的字体文件。',
        meaning: '现在不能生成报告和原始记录，已有的数据不受影响。',
        next: '请重新安装程序；仍不行时请联系管理员检查安装文件夹。',
      },
      { cause },
    );
  }
}

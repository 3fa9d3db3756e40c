// Runs the compiler in a thread of its own, so that a long report never holds up the core. One paper after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorInfo } from '../../shared/errors/appError.ts';
import { type CompilerFolders, type PaperCompiler, createPaperCompiler } from './compile.ts';
import { papers, type PaperKind } from './papers.ts';
import type { Paper } from './paper.ts';
import { parsePrinted } from '../../shared/reports/printable.ts';

export interface CompileRequest {
  readonly id: number;
  readonly kind: PaperKind;
  readonly content: unknown;
  readonly coded: boolean;
  readonly mark?: string;
  /** Bytes of the images that the content names, by digest. */
  readonly images?: Readonly<Record<string, Uint8Array>>;
}
export type CompileReply =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly error: ErrorInfo };

function render<T>(compiler: PaperCompiler, paper: Paper<T>, request: CompileRequest): Uint8Array {
  const content = parsePrinted(paper.schema, request.content, paper.name);
  // A copy into plain memory of its own, which can be handed over to the other thread without copying again.
  return new Uint8Array(
    compiler.compile(
      paper.template,
      paper.arrange({ content, coded: request.coded, mark: request.mark ?? null }),
      request.images,
    ),
  );
}

/** Stored by a later version of the program, or damaged. */
function unknownKind(kind: string): AppError {
  return new AppError({
    code: 'REPORT_KIND_UNKNOWN',
    message: `本版程序不认识这种文件（${kind}），不能打印。`,
    meaning: '没有生成文件，已有的数据没有变化。',
    next: '请升级程序后再打印。',
  });
}

function errorInfo(error: unknown): ErrorInfo {
  if (error instanceof AppError) return error.info;
  return {
    code: 'REPORT_COMPILE_FAILED',
    message: '排版没有成功。',
    meaning: '没有生成文件，已有的数据没有变化。',
    next: '请再试一次；仍不行时请把这条信息发给技术支持。',
    details: [{ message: error instanceof Error ? error.message : String(error) }],
  };
}

const port = parentPort;
if (port === null) throw new Error('compile-worker.ts runs as a worker thread');

let compiler: PaperCompiler | null = null;
port.on('message', (request: CompileRequest) => {
  try {
    compiler ??= createPaperCompiler(workerData as CompilerFolders);
    const paper = papers[request.kind] as Paper<unknown> | undefined;
    if (paper === undefined) throw unknownKind(request.kind);
    const pdf = render(compiler, paper, request);
    port.postMessage({ id: request.id, pdf } satisfies CompileReply, [pdf.buffer as ArrayBuffer]);
  } catch (error) {
    port.postMessage({ id: request.id, error: errorInfo(error) } satisfies CompileReply);
  }
});

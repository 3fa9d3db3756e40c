// The one door to printed papers: content in, PDF/A-2b bytes out. The work is done by a worker thread that is started at
// the first paper, restarted when it dies, and ended when a paper takes longer than it may.
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { AppError } from '../../shared/errors/appError.ts';
import type { EvaluationPaperContent } from '../../shared/reports/evaluation-paper.ts';
import type { MethodValidationContent } from '../../shared/reports/method-validation.ts';
import type { PaperImages, PrintedImage } from '../../shared/reports/report-parts.ts';
import type { TestRecordContent } from '../../shared/reports/test-record.ts';
import type { ReportContent } from '../../shared/reports/test-report.ts';
import type { CompileReply, CompileRequest } from './compile-worker.ts';
import type { CompilerFolders } from './compile.ts';

export interface ReportRendererOptions {
  /** Folder with the files of `fontFileNames`; left out: node_modules (source mode). */
  readonly fontsFolder?: string;
  /** Folder with the `.typ` files; left out: beside this file. */
  readonly templatesFolder?: string;
  /** The worker's entry; a bundled app names its built file. */
  readonly workerFile?: string;
  /** Bytes of an image that a paper names; without it no paper with images can be made. */
  readonly imageOf?: (image: PrintedImage) => Uint8Array;
  /** A paper that takes longer is given up, and the worker ended. Milliseconds. */
  readonly timeLimit?: number;
}

export interface ReportRenderer {
  /**
   * `coded`: with the platform's code and QR; otherwise with the watermark on every page. `mark`: words across every page
   * of a report that counts no longer.
   */
  renderReport(
    content: ReportContent,
    options: { readonly coded: boolean; readonly mark?: string },
  ): Promise<Uint8Array>;
  renderRecord(content: TestRecordContent): Promise<Uint8Array>;
  renderValidation(content: MethodValidationContent): Promise<Uint8Array>;
  renderEvaluation(content: EvaluationPaperContent): Promise<Uint8Array>;
  /** Tries whether an image can be set. */
  renderPicture(picture: { readonly bytes: Uint8Array; readonly format: PrintedImage['format'] }): Promise<Uint8Array>;
  /** Ends the worker; papers still waiting are refused. */
  close(): Promise<void>;
}

interface Job {
  readonly request: Omit<CompileRequest, 'id'>;
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: AppError) => void;
}

const nothingWritten = '没有生成文件，已有的数据没有变化。';

function closedError(): AppError {
  return new AppError({
    code: 'REPORT_RENDERER_CLOSED',
    message: '程序正在退出，不再生成文件。',
    meaning: nothingWritten,
    next: '请在下次启动后再生成。',
  });
}

function diedError(cause?: unknown): AppError {
  return new AppError(
    { code: 'REPORT_WORKER_DIED', message: '排版进程意外停止。', meaning: nothingWritten, next: '请再试一次。' },
    { cause },
  );
}

export function createReportRenderer(options: ReportRendererOptions = {}): ReportRenderer {
  const folders: CompilerFolders = {
    fontsFolder: options.fontsFolder ?? null,
    templatesFolder: options.templatesFolder ?? fileURLToPath(new URL('templates', import.meta.url)),
  };
  const workerFile = options.workerFile ?? fileURLToPath(new URL('compile-worker.ts', import.meta.url));
  const timeLimit = options.timeLimit ?? 60_000;
  const queue: Job[] = [];
  let current: { readonly id: number; readonly job: Job; readonly timer: NodeJS.Timeout } | null = null;
  let worker: Worker | null = null;
  let lastId = 0;
  let closed = false;

  /** Ends the paper being set, if any, and hands out its job. */
  function takeCurrent(): Job | null {
    if (current === null) return null;
    clearTimeout(current.timer);
    const { job } = current;
    current = null;
    return job;
  }

  /** Forgets a worker that ended; the paper it was at is refused, the others go to a new one. */
  function drop(dead: Worker, error: AppError): void {
    if (worker !== dead) return;
    worker = null;
    takeCurrent()?.reject(error);
    next();
  }

  function start(): Worker {
    // Node options of the parent process (a debugger, an eval) are none of the worker's business.
    const started = new Worker(workerFile, { workerData: folders, name: 'report-compiler', execArgv: [] });
    started.on('message', (reply: CompileReply) => {
      if (current?.id !== reply.id) return;
      const job = takeCurrent();
      if ('pdf' in reply) job?.resolve(reply.pdf);
      else job?.reject(new AppError(reply.error));
      next();
    });
    started.on('error', (cause) => drop(started, diedError(cause)));
    started.on('exit', () => drop(started, diedError()));
    return started;
  }

  function next(): void {
    if (current !== null) return;
    const job = queue.shift();
    if (job === undefined) {
      // An idle worker does not keep the process alive.
      worker?.unref();
      return;
    }
    worker ??= start();
    const target = worker;
    lastId += 1;
    // The limit counts from here, not from the queue: a hundred papers at once are no fault.
    const timer = setTimeout(() => {
      const seconds = Math.round(timeLimit / 1000);
      void target.terminate();
      drop(
        target,
        new AppError({
          code: 'REPORT_TIME_LIMIT',
          message: `排版超过 ${seconds} 秒没有完成，已停止。`,
          meaning: nothingWritten,
          next: '请再试一次；样品很多时可分成几份报告。',
        }),
      );
    }, timeLimit);
    current = { id: lastId, job, timer };
    target.ref();
    target.postMessage({ id: lastId, ...job.request } satisfies CompileRequest, []);
  }

  function render(request: Omit<CompileRequest, 'id'>): Promise<Uint8Array> {
    if (closed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      queue.push({ request, resolve, reject });
      next();
    });
  }

  /** Everything that the paper names, or a refusal: a paper without the images that it was frozen with is another one. */
  async function withImages(images: PaperImages | undefined): Promise<Pick<CompileRequest, 'images'>> {
    const named = [...(images?.signatures ?? []), ...(images?.seal ? [images.seal] : [])];
    if (named.length === 0) return {};
    const { imageOf } = options;
    if (imageOf === undefined) throw new RangeError('this renderer was given no images');
    return { images: Object.fromEntries(named.map((image) => [image.sha256, imageOf(image)])) };
  }

  return {
    renderReport: async (content, { coded, mark }) =>
      render({
        kind: content.kind,
        content,
        coded,
        ...(mark === undefined ? {} : { mark }),
        ...(await withImages(content.images)),
      }),
    renderRecord: async (content) =>
      render({ kind: content.kind, content, coded: false, ...(await withImages(content.images)) }),
    renderPicture({ bytes, format }) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const content = { kind: 'picture', images: { signatures: [], seal: { sha256, format } } };
      return render({ kind: 'picture', content, coded: false, images: { [sha256]: bytes } });
    },
    renderValidation: (content) => render({ kind: content.kind, content, coded: false }),
    renderEvaluation: (content) => render({ kind: content.kind, content, coded: false }),
    async close() {
      closed = true;
      for (const job of queue.splice(0)) job.reject(closedError());
      const running = worker;
      if (running === null) return;
      drop(running, closedError());
      await running.terminate();
    },
  };
}

// Every address of openapi.yaml, each wired to its operation. Writes run in one IMMEDIATE transaction of their own, so
// an answer of 200 means that everything is on disk and any other answer that nothing was written.
import { Hono } from 'hono';
import { digestedPayloadSchema, entrySchema } from '../wire/schemas.ts';
import { wireTime } from '../wire/wire-time.ts';
import { addAdmin } from './admin.ts';
import { postChangeOrder, voidReport } from './after-issue.ts';
import { getBatch, postBatch } from './batches.ts';
import { issueCode } from './codes.ts';
import { type ConsoleDoor } from './console/door.ts';
import { addConsole } from './console/routes.ts';
import { getCommission, putCommission } from './commissions.ts';
import { digestProblem, parseOrRefuse, type PlatformContext } from './context.ts';
import { eventPage } from './events.ts';
import { faulty } from './fault-middleware.ts';
import { type FaultSwitches, take } from './faults.ts';
import { isDiskFull, onFullDisk } from './full-disk.ts';
import { errorAnswer, type HttpContext, type HttpEnvironment, jsonBody, signed } from './http.ts';
import { DEFAULT_BATCH_BYTES, DEFAULT_MEDIA_BYTES, MESSAGE_BYTES } from './limits.ts';
import { hasMedium, putMedium } from './media.ts';
import { PlatformError, refuseOn } from './platform-error.ts';
import { institutionOf, referencePage } from './reference.ts';
import { isRegistrationKind, register } from './registrations.ts';
import { getReport, putReport, putReportFile } from './reports.ts';
import { type RequestLog } from './requests.ts';
import { RuleRefusal, useUp } from './rules.ts';
import { type Supervisor } from './supervisor.ts';
import { verifyCode } from './verification.ts';
import { unknownCodePage, VERIFY_PAGE_CSP, verifyPage } from './verify-page.ts';

export interface AppOptions {
  context: PlatformContext;
  faults: FaultSwitches;
  supervisor: Supervisor;
  requests: RequestLog;
  adminToken?: string | undefined;
  /** Of the supervisor's console; there is none without it. */
  door?: ConsoleDoor | undefined;
  log(event: Record<string, unknown>): void;
}

function revisionOf(c: HttpContext): number {
  const text = c.req.param('revision') ?? '';
  if (!/^[1-9]\d{0,5}$/.test(text)) {
    throw new PlatformError('VALIDATION', '报告版本须为正整数', [
      { code: 'VALIDATION', field: 'revision', message: '格式错误' },
    ]);
  }
  return Number(text);
}

function param(c: HttpContext, name: string): string {
  const value = c.req.param(name);
  if (value === undefined || value === '') throw new PlatformError('NOT_FOUND', '没有这个地址');
  return value;
}

export function createApp(options: AppOptions): Hono<HttpEnvironment> {
  const { context, faults, supervisor, requests, log } = options;
  const app = new Hono<HttpEnvironment>();
  const commit = <T>(c: HttpContext, work: () => T): T => {
    try {
      return c.get('fault') === 'diskFull' ? onFullDisk(context.db, work) : context.db.transaction(work).immediate();
    } catch (error) {
      // The refusal undid everything, the count of its rule included; the hit counts all the same.
      if (error instanceof RuleRefusal) useUp(context, error.ruleId);
      throw error;
    }
  };
  const limits = (): { batch: number; media: number } => {
    const row = context.db.prepare<[], { body: string }>('SELECT body FROM institution ORDER BY rowid').get();
    const set = row === undefined ? {} : (JSON.parse(row.body) as { limits?: Record<string, number> }).limits;
    return {
      batch: set?.['maxBatchBytes'] ?? DEFAULT_BATCH_BYTES,
      media: set?.['maxMediaBytes'] ?? DEFAULT_MEDIA_BYTES,
    };
  };
  const message = signed(context, () => MESSAGE_BYTES);
  const batch = signed(context, () => limits().batch);
  const bytes = signed(context, () => limits().media);

  app.onError((error) => {
    if (error instanceof PlatformError) return errorAnswer(error);
    if (isDiskFull(error)) {
      return errorAnswer(new PlatformError('INTERNAL', '平台存储空间不足，没有保存任何内容'), 503);
    }
    log({ level: 'error', event: 'operation failed', error: error.stack ?? error.message });
    return errorAnswer(new PlatformError('INTERNAL', '平台内部错误'));
  });
  app.notFound(() => errorAnswer(new PlatformError('NOT_FOUND', '没有这个地址')));
  app.use(async (c, next) => {
    const startedAt = performance.now();
    await next();
    const { method = '' } = c.env.incoming;
    const { path } = c.req;
    const { status } = c.res;
    requests.note({
      at: context.now(),
      method,
      path,
      status,
      ms: performance.now() - startedAt,
      fault: c.get('fault'),
    });
    log({ level: 'info', event: 'request', method, path, status });
  });
  app.use(faulty(context, faults, (request, bindings) => app.fetch(request, bindings)));

  app.get('/v1/time', (c) => c.json({ serverTime: wireTime(context.now()) }));
  app.get('/v1/institution', message, (c) => c.json(institutionOf(context.db, c.get('orgCode'))));
  app.get('/v1/reference/:kind', message, (c) =>
    c.json(referencePage(context, param(c, 'kind'), c.req.query('cursor'), c.req.query('limit'))),
  );
  app.put('/v1/registrations/:kind/:localId', message, (c) => {
    const kind = param(c, 'kind');
    if (!isRegistrationKind(kind)) throw new PlatformError('NOT_FOUND', `不能登记 ${kind}`);
    const entry = parseOrRefuse(entrySchema, jsonBody(c));
    const wrongDigest = digestProblem(entry.digest, entry.payload);
    if (wrongDigest !== undefined) refuseOn([wrongDigest]);
    const { repeated: _, ...state } = commit(c, () =>
      register(context, c.get('orgCode'), kind, param(c, 'localId'), entry),
    );
    return c.json(state);
  });

  app.put('/v1/commissions/:commissionNo', message, (c) => {
    const body = parseOrRefuse(digestedPayloadSchema, jsonBody(c));
    return c.json(commit(c, () => putCommission(context, c.get('orgCode'), param(c, 'commissionNo'), body)));
  });
  app.get('/v1/commissions/:commissionNo', message, (c) =>
    c.json(getCommission(context, c.get('orgCode'), param(c, 'commissionNo'))),
  );

  app.post('/v1/batches', batch, (c) => {
    const body = jsonBody(c);
    return c.json(commit(c, () => postBatch(context, c.get('orgCode'), body)));
  });
  app.get('/v1/batches/:batchId', message, (c) =>
    c.json(commit(c, () => getBatch(context, c.get('orgCode'), param(c, 'batchId')))),
  );

  app.put('/v1/media/:sha256', bytes, (c) => {
    const isNew = commit(c, () => putMedium(context, c.get('orgCode'), param(c, 'sha256'), c.get('body')));
    return c.body(null, isNew ? 201 : 200);
  });
  // HEAD arrives here; the contract has no GET for media, what a lab sent is not handed out again.
  app.get('/v1/media/:sha256', message, (c) => {
    const there = hasMedium(context, c.get('orgCode'), param(c, 'sha256'));
    if (c.env.incoming.method !== 'HEAD') throw new PlatformError('NOT_FOUND', '没有这个地址');
    return c.body(null, there ? 200 : 404);
  });

  const revision = '/v1/reports/:reportNo/revisions/:revision';
  app.put(revision, message, (c) => {
    const body = parseOrRefuse(digestedPayloadSchema, jsonBody(c));
    return c.json(commit(c, () => putReport(context, c.get('orgCode'), param(c, 'reportNo'), revisionOf(c), body)));
  });
  app.get(revision, message, (c) =>
    c.json(commit(c, () => getReport(context, c.get('orgCode'), param(c, 'reportNo'), revisionOf(c)))),
  );
  app.post(`${revision}/code`, message, (c) => {
    const holdBack = (): boolean => take(faults, 'codePending');
    const code = commit(c, () => issueCode(context, c.get('orgCode'), param(c, 'reportNo'), revisionOf(c), holdBack));
    if (code === 'pending') return c.body(null, 202, { 'Retry-After': String(faults.retryAfterSeconds) });
    return c.json(code);
  });
  app.put(`${revision}/file`, bytes, (c) => {
    const claimed = c.req.header('x-content-sha256');
    const isNew = commit(c, () =>
      putReportFile(context, c.get('orgCode'), param(c, 'reportNo'), revisionOf(c), claimed, c.get('body')),
    );
    return c.body(null, isNew ? 201 : 200);
  });
  app.post('/v1/reports/:reportNo/changes', message, (c) => {
    const body = jsonBody(c);
    return c.json(commit(c, () => postChangeOrder(context, c.get('orgCode'), param(c, 'reportNo'), body)));
  });
  app.post('/v1/reports/:reportNo/void', message, (c) => {
    const body = jsonBody(c);
    return c.json(commit(c, () => voidReport(context, c.get('orgCode'), param(c, 'reportNo'), body)));
  });

  app.get('/v1/events', message, (c) => c.json(eventPage(context, c.get('orgCode'), c.req.query('cursor'))));

  app.get('/v1/verify/:code', (c) => {
    const found = verifyCode(context, param(c, 'code'));
    if (found === undefined) throw new PlatformError('NOT_FOUND', '没有发放过这个标识码');
    return c.json(found.verification);
  });
  app.get('/verify', (c) => {
    const code = c.req.query('code') ?? '';
    const found = verifyCode(context, code);
    c.header('Content-Security-Policy', VERIFY_PAGE_CSP);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cache-Control', 'no-store');
    return found === undefined ? c.html(unknownCodePage(code), code === '' ? 200 : 404) : c.html(verifyPage(found));
  });

  if (options.adminToken !== undefined) addAdmin(app, { context, faults, supervisor, token: options.adminToken });
  if (options.door !== undefined) addConsole(app, { context, faults, supervisor, requests, door: options.door });
  return app;
}

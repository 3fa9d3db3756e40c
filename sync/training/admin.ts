// Local administration of the embedded platform: fault switches and the supervisor's acts over HTTP, for tests and
// training in another process. It exists only when the platform was started with an admin token.
import { type Hono } from 'hono';
import { ACTS } from './acts.ts';
import { type PlatformContext } from './context.ts';
import { countRows } from './database.ts';
import { type FaultSwitches } from './faults.ts';
import { adminOnly, type HttpContext, type HttpEnvironment, jsonBody } from './http.ts';
import { PlatformError } from './platform-error.ts';
import { type Supervisor } from './supervisor.ts';

export interface AdminOptions {
  context: PlatformContext;
  faults: FaultSwitches;
  supervisor: Supervisor;
  token: string;
}

function bodyObject(c: HttpContext): Record<string, unknown> {
  const body = jsonBody(c);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new PlatformError('VALIDATION', '报文须为 JSON 对象');
  }
  return body as Record<string, unknown>;
}

function reasonOf(c: HttpContext): string {
  const { reason } = bodyObject(c);
  if (typeof reason !== 'string' || reason === '') throw new PlatformError('VALIDATION', '须说明 reason');
  return reason;
}

export function addAdmin(app: Hono<HttpEnvironment>, options: AdminOptions): void {
  const { context, faults, supervisor } = options;
  app.use('/admin/*', adminOnly(options.token));
  app.get('/admin/facts', (c) => c.json({ counts: countRows(context.db), faults }));
  app.post('/admin/faults', (c) => {
    supervisor.switchFaults(bodyObject(c), '管理接口');
    return c.json(faults);
  });
  app.post('/admin/acts/:name', (c) => {
    const act = Object.hasOwn(ACTS, c.req.param('name')) ? ACTS[c.req.param('name')] : undefined;
    if (act === undefined) throw new PlatformError('NOT_FOUND', '没有这个操作');
    act.run(supervisor, bodyObject(c));
    return c.json({ done: true });
  });
  const acts = {
    'commissions/:subject/lock': supervisor.lockCommission,
    'commissions/:subject/unlock': supervisor.unlockCommission,
    'commissions/:subject/void': supervisor.voidCommission,
    'qualifications/:subject/revoke': supervisor.revokeQualification,
    'codes/:subject/revoke': supervisor.revokeCode,
    'notices/:subject': supervisor.notify,
  };
  for (const [path, act] of Object.entries(acts)) {
    app.post(`/admin/${path}`, (c) => {
      act(c.req.param('subject') ?? '', reasonOf(c));
      return c.json({ done: true });
    });
  }
}

// The addresses of the supervisor's console: pages to read, and one address for every act, a plain form posted by the
// page itself. It exists only when the platform was started with an admin token.
import { type Hono } from 'hono';
import { ACTS } from '../acts.ts';
import { type PlatformContext } from '../context.ts';
import { type FaultSwitches, NO_FAULTS } from '../faults.ts';
import { type HttpContext, type HttpEnvironment, readBody, sameSecret } from '../http.ts';
import { PlatformError } from '../platform-error.ts';
import { type RequestLog } from '../requests.ts';
import { type Supervisor } from '../supervisor.ts';
import { type ConsoleDoor, type ConsoleSession } from './door.ts';
import { changedFaults, faultsPage } from './faults.ts';
import { findPage } from './find.ts';
import { CONSOLE_HEADERS, signInPage, type View } from './layout.ts';
import { logPage } from './log.ts';
import { overviewPage } from './overview.ts';
import { rulesPage } from './rules.ts';
import { CONSOLE_STYLE } from './style.ts';

export interface ConsoleOptions {
  context: PlatformContext;
  faults: FaultSwitches;
  supervisor: Supervisor;
  requests: RequestLog;
  door: ConsoleDoor;
}

const WRONG_TOKEN_DELAY_MS = 500;

async function formOf(c: HttpContext): Promise<Record<string, string>> {
  const body = await readBody(c.req.raw, 64 * 1024);
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

/** Only to a page of the console; anything else a form may name leads to the first page. */
function backTo(fields: Record<string, string>): string {
  const back = fields['back'] ?? '';
  return /^\/console([/?][^\\]*)?$/.test(back) ? back : '/console';
}

/** What a reset sets back; nothing is worth noting about the others. */
function onlyChanged(faults: FaultSwitches): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(NO_FAULTS).filter(([name, value]) => faults[name as keyof FaultSwitches] !== value),
  );
}

function wordsOf(error: PlatformError): string {
  const details = error.details.map(({ message }) => message).filter((message) => !error.message.includes(message));
  return [error.message, ...details].join('；');
}

export function addConsole(app: Hono<HttpEnvironment>, options: ConsoleOptions): void {
  const { context, faults, supervisor, requests, door } = options;
  app.use('/console/*', async (c, next) => {
    door.refuseStrangers(c);
    if (c.req.method === 'POST') door.refuseForeignForms(c);
    for (const [name, value] of Object.entries(CONSOLE_HEADERS)) c.header(name, value);
    await next();
  });

  app.get('/console/style.css', (c) => c.body(CONSOLE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/console/enter', (c) => {
    if (door.session(c) !== undefined) return c.redirect('/console', 303);
    if (!door.admitByEntry(c.req.query('t') ?? '')) return c.html(signInPage(true), 401);
    c.header('Set-Cookie', door.open(c));
    return c.redirect('/console', 303);
  });
  app.post('/console/sign-in', async (c) => {
    if (!door.admitByToken((await formOf(c))['token'] ?? '')) {
      await new Promise((resolve) => setTimeout(resolve, WRONG_TOKEN_DELAY_MS));
      return c.html(signInPage(true), 401);
    }
    c.header('Set-Cookie', door.open(c));
    return c.redirect('/console', 303);
  });

  const show = (path: string, render: (view: View, c: HttpContext) => string): void => {
    app.get(path, (c) => {
      const session = door.session(c);
      if (session === undefined) return c.html(signInPage(false), 401);
      const { pathname, search } = new URL(c.req.url);
      return c.html(render({ session, faults, here: pathname + search }, c));
    });
  };
  show('/console', (view) => overviewPage(context, view));
  show('/console/find', (view, c) => findPage(context, view, (c.req.query('q') ?? '').trim().slice(0, 64)));
  show('/console/rules', (view) => rulesPage(context, view));
  show('/console/faults', (view) => faultsPage(view));
  show('/console/log', (view) => logPage(view, supervisor, requests));

  /** The session a form was made for; a form without the session's own word is refused. */
  const sessionOf = (c: HttpContext, fields: Record<string, string>): ConsoleSession => {
    const session = door.session(c);
    if (session === undefined || !sameSecret(fields['csrf'] ?? '', session.csrf)) {
      throw new PlatformError('FORBIDDEN', '页面已过期，请重新打开控制台');
    }
    return session;
  };
  app.post('/console/sign-out', async (c) => {
    sessionOf(c, await formOf(c));
    door.close(c);
    return c.redirect('/console', 303);
  });
  const run = (name: string, fields: Record<string, string>): void => {
    const reason = fields['reason'] ?? '';
    if (name === 'faults.set') supervisor.switchFaults(changedFaults(faults, fields), reason);
    else if (name === 'faults.reset') supervisor.switchFaults(onlyChanged(faults), reason);
    else {
      const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
      if (act === undefined) throw new PlatformError('NOT_FOUND', '没有这个操作');
      act.run(supervisor, fields);
    }
  };
  app.post('/console/acts/:name', async (c) => {
    const fields = await formOf(c);
    const session = sessionOf(c, fields);
    try {
      run(c.req.param('name'), fields);
      session.flash = { tone: 'done', text: '已完成，并记入操作记录。' };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      session.flash = { tone: 'refused', text: wordsOf(error) };
    }
    return c.redirect(backTo(fields), 303);
  });
}

// Pure checks at the door of the bench server. A page of another site, a rebound DNS name or a form post must not
// reach the core with this browser's cookie.
import type { IncomingHttpHeaders } from 'node:http';

/** Exactly the address we listen on; anything else is a rebound name or a proxy. */
export function hostAllowed(headers: IncomingHttpHeaders, authority: string): boolean {
  return headers.host === authority;
}

/** Browsers send Origin with every POST and every WebSocket upgrade; its absence means that it is no page of ours. */
export function originAllowed(headers: IncomingHttpHeaders, origin: string): boolean {
  return headers.origin === origin;
}

/** Only JSON: form posts and text/plain need no preflight and so could come from any page. */
export function contentTypeAllowed(headers: IncomingHttpHeaders): boolean {
  const [type = '', ...parameters] = (headers['content-type'] ?? '')
    .split(';')
    .map((part) => part.trim().toLowerCase());
  return type === 'application/json' && parameters.every((parameter) => parameter === 'charset=utf-8');
}

/** Cookies ignore ports, so the name carries it: two servers on one machine do not overwrite each other's entry. */
export function cookieName(port: number): string {
  return `jiantai_${port}`;
}

export function readCookie(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

export function setCookie(name: string, value: string): string {
  // 180 days, as long as the server remembers the browser.
  return `${name}=${value}; Path=/; Max-Age=15552000; HttpOnly; SameSite=Strict`;
}

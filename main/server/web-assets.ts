// The renderer's built files as any shell serves them: the bench server over HTTP, Electron over its own scheme.
// Rules: no path leaves the folder, every answer has a content type and a policy, scripts come from the folder only.
import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

export const noncePlaceholder = '__CSP_NONCE__';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.pdf': 'application/pdf',
};

export interface Asset {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What a page of ours may do. Styles need the nonce because Ant Design writes style elements; nothing may be framed
 * but PDFs the page made itself (blob:).
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    'frame-src blob:',
    'object-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers that every answer carries, whatever it holds. */
export function protectiveHeaders(nonce: string): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  };
}

export function newNonce(): string {
  return randomBytes(18).toString('base64');
}

/** Relative path inside the folder, or null when the address means anything else than a plain file below it. */
export function relativeAssetPath(urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || decoded.includes('\0') || decoded.includes('\\') || decoded.includes(':'))
    return null;
  const relative = decoded === '/' ? 'index.html' : decoded.slice(1);
  const parts = relative.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.'))) return null;
  return parts.join('/');
}

/** Reads one asset; null when there is none at this address. Symbolic links that lead out of the folder count as none. */
export async function readAsset(folder: string, urlPath: string): Promise<Asset | null> {
  const relative = relativeAssetPath(urlPath);
  if (relative === null) return null;
  const contentType = contentTypes[extname(relative).toLowerCase()];
  if (contentType === undefined) return null;
  let body: Buffer;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, relative));
    if (!file.startsWith(root + sep)) return null;
    body = await readFile(file);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const nonce = newNonce();
  const isPage = contentType.startsWith('text/html');
  // Built files below assets/ carry a hash of their content in their name, so they may be kept for ever.
  const cacheControl = relative.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
  return {
    body: isPage ? Buffer.from(body.toString('utf8').replaceAll(noncePlaceholder, nonce)) : body,
    headers: { ...protectiveHeaders(nonce), 'content-type': contentType, 'cache-control': cacheControl },
  };
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

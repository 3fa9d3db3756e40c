// Serves the renderer's files over the app's own scheme, with the same policy headers as the bench server.
import { appOrigin } from './channels.ts';
import { protectiveHeaders, newNonce, readAsset } from '../server/web-assets.ts';

export function makeAppProtocol(rendererFolder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refuse(405);
    const address = request.url.split(/[?#]/)[0] ?? '';
    // The raw text, not URL.pathname: a parser that has already resolved `..` would hide what was asked.
    if (!address.startsWith(`${appOrigin}/`)) return refuse(404);
    const asset = await readAsset(rendererFolder, address.slice(appOrigin.length));
    if (asset === null) return refuse(404);
    return new Response(new Uint8Array(asset.body), { status: 200, headers: asset.headers });
  };
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: protectiveHeaders(newNonce()) });
}

// First of the profile's three functions: the headers that prove who sends. The time in them is the platform's time
// (own clock plus the measured offset); records never use it. The secret is held in a closure and leaves it only as
// an HMAC.
import { type SignMethod, signedHeaders } from '../../../wire/signing.ts';
import type { EncodedRequest } from './encode.ts';

export interface Credentials {
  orgCode: string;
  accessKey: string;
  secret: string;
  signMethod?: SignMethod;
}

export type Signer = (request: EncodedRequest, sentPath: string, now: number) => Record<string, string>;

/** `sentPath` is the path with whatever prefix the platform's base address has: the signature covers it as sent. */
export function createSigner(credentials: Credentials): Signer {
  const { orgCode, accessKey, secret, signMethod } = credentials;
  return (request, sentPath, now) =>
    request.signed
      ? signedHeaders({
          method: request.method,
          path: sentPath,
          query: request.query,
          ...(request.body === null ? {} : { body: request.body }),
          orgCode,
          accessKey,
          secret,
          timestamp: now,
          ...(signMethod === undefined ? {} : { signMethod }),
        })
      : {};
}

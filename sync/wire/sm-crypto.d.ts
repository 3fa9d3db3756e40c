// Types for the one part of sm-crypto that is used: SM3 in plain JavaScript, without the OpenSSL that Electron lacks.
declare module 'sm-crypto/src/sm3/index.js' {
  /** Lower-case hex of SM3, or of HMAC-SM3 where a key is given. Byte arrays are taken as they are. */
  export default function sm3(input: ArrayLike<number>, options?: { key: ArrayLike<number>; mode?: 'hmac' }): string;
}

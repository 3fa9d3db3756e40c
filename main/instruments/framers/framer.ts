// A framer cuts a byte stream into frames and nothing else. It keeps bytes as they arrived, counts what it drops,
// has a bounded memory, and forgets everything on reset(): a half frame from before a cable pull never joins the
// next one (the stock line parser makes a valid-looking weight out of the two halves).
export interface Frame {
  /** The frame without its delimiters. */
  bytes: Uint8Array;
  /** Length on the wire, delimiters included; of a faulty frame only the bytes that were given up with it. */
  wireLength: number;
  /** The shape fits and the check does not: never a number. The search goes on one byte after its head. */
  fault?: string;
}

export interface Framer {
  push(chunk: Uint8Array): Frame[];
  /** Bytes dropped so far: overlong lines, noise between frames, half frames at a reset. */
  readonly dropped: number;
  /** Bytes of a frame that has begun and not ended. */
  readonly pending: number;
  /** Call on every open: what is pending is dropped and counted. */
  reset(): void;
  /** Takes what is pending as a frame, where a driver allows lines without an end. */
  flush(): Frame | null;
}

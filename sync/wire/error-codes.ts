// The error codes of the wire contract (openapi.yaml, components.schemas.Error) and the HTTP status each one travels
// with. Client and platform read the same table, so that neither can drift from the contract alone.

export const WIRE_ERROR_STATUS = {
  BAD_SIGNATURE: 401,
  CLOCK_SKEW: 401,
  REPLAY: 401,
  FORBIDDEN: 403,
  SCOPE: 422,
  VALIDATION: 422,
  REFERENCE_MISSING: 422,
  CONFLICT_CONTENT: 409,
  LOCKED: 423,
  VOIDED: 423,
  NOT_READY: 409,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
} as const;

export type WireErrorCode = keyof typeof WIRE_ERROR_STATUS;

export const WIRE_ERROR_CODES = Object.keys(WIRE_ERROR_STATUS) as [WireErrorCode, ...WireErrorCode[]];

export function isWireErrorCode(code: string): code is WireErrorCode {
  return Object.hasOwn(WIRE_ERROR_STATUS, code);
}

/** The status an error answer is sent with; INTERNAL may also arrive as 502 or 503 from what stands in between. */
export function statusOfErrorCode(code: WireErrorCode): (typeof WIRE_ERROR_STATUS)[WireErrorCode] {
  return WIRE_ERROR_STATUS[code];
}

// The last requests, for the supervisor to look at; kept in memory only. A path says which commission or report it was
// about, never who was tested or what was measured.

export interface SeenRequest {
  at: number;
  method: string;
  path: string;
  status: number;
  ms: number;
  fault: string | undefined;
}

export interface RequestLog {
  note(request: SeenRequest): void;
  /** Newest first. */
  last(count: number): SeenRequest[];
}

const KEPT = 200;

export function createRequestLog(): RequestLog {
  const seen: SeenRequest[] = [];
  return {
    note: (request) => {
      // The supervisor's own page would otherwise fill the list while it is looked at.
      if (/^\/(admin|console)(\/|$)/.test(request.path)) return;
      seen.unshift(request);
      if (seen.length > KEPT) seen.pop();
    },
    last: (count) => seen.slice(0, count),
  };
}

// What was entered here about one person or machine, and who may enter: asked again when the row changes.
import { useQuery } from '@tanstack/react-query';
import type { RegistrationHistory, RegistrationKind } from '../../shared/entities/registration.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo, useClient } from '../client.ts';

export function useRegistration(
  kind: RegistrationKind,
  localId: string | null,
  seq: number,
): { history: RegistrationHistory | null; error: ErrorInfo | null } {
  const client = useClient();
  const { data, error } = useQuery({
    queryKey: ['registration', kind, localId, seq],
    // Without a row it only asks who may enter.
    queryFn: () => client.call('registrations.history', { kind, localId: localId ?? '-' }),
  });
  return { history: data ?? null, error: error === null ? null : toErrorInfo(error) };
}

// One original record, read again whenever the working set says that it changed.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TestRecord } from '../../shared/entities/record.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { useLive, useLiveOne } from '../live/useLive.tsx';

export interface LoadedRecord {
  record: TestRecord | null;
  error: ErrorInfo | null;
  reload: () => void;
}

export function useRecord(recordNo: string | null): LoadedRecord {
  const client = useClient();
  const live = useLiveOne('records', recordNo);
  const { rows: runs } = useLive('runs', { selector: { recordNo: recordNo ?? '' } });
  const version = runs.reduce((newest, run) => Math.max(newest, run.seq), live?.seq ?? 0);
  const query = useQuery({
    queryKey: ['record', recordNo, version],
    queryFn: () => client.call('records.get', { recordNo: recordNo ?? '' }),
    enabled: recordNo !== null,
    placeholderData: keepPreviousData,
  });
  return {
    // The record shown before stays only while it is the same record in a newer version.
    record: query.data?.recordNo === recordNo ? query.data : null,
    error: query.error === null ? null : toErrorInfo(query.error),
    reload: () => void query.refetch(),
  };
}

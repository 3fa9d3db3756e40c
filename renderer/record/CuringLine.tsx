// How the curing room was between moulding and testing, where the climate log saw it.
import { useQuery } from '@tanstack/react-query';
import type { TestRecord } from '../../shared/entities/record.ts';
import { useClient } from '../client.ts';

export function CuringLine({ record }: { record: TestRecord }) {
  const client = useClient();
  const { recordNo, sample, runs, readings } = record;
  const { data } = useQuery({
    queryKey: ['climate', 'curing', recordNo, runs.length + readings.length],
    queryFn: () => client.call('climate.curing', { recordNo }),
    enabled: sample.properties['curing'] === '标准养护',
  });
  const span = data?.span ?? null;
  if (span === null || span.measured === 0) return null;
  return (
    <p className={span.outside + span.missing > 0 ? 'jt-tone-warn' : 'jt-soft'} data-testid="record-curing">
      养护：{span.words}
    </p>
  );
}

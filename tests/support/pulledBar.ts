// A record of a ribbed bar whose specimens were pulled: the curve of a bar with a plain yield, or any other.
import { methodById } from '../../shared/methods/index.ts';
import { ORDINARY_BAR, readBar } from '../../main/instruments/virtual/tension-model.ts';
import { openAt, press, receive, sampleInput } from './mainJob.ts';
import type { Seat, TestCore } from './testCore.ts';

export const bar = { ...ORDINARY_BAR, ReH: 470, ReL: 440, transient: 436, Rm: 600, noise: 0.05 };
/** Its loads, kN, as a run file takes them. */
export const barPull = readBar(bar, 20).map(({ load_kN }) => Math.max(0, load_kN));

/** Opened at the universal machine, one run for each curve. Answers the record's number. */
export async function pulledBars(
  lab: TestCore,
  technician: Seat,
  curves: readonly (readonly number[])[],
): Promise<string> {
  const method = methodById('rebar-ribbed');
  const fields = method.fields.filter(({ at, optional }) => at === 'reception' && optional !== true);
  const properties = Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.kind === 'choice' ? (field.options[0]?.value ?? '') : (field.usual ?? ''),
    ]),
  );
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleInput();
  const [received] = await receive(lab, {
    samples: [
      {
        ...plain,
        itemCode: method.itemCode ?? '',
        parameterCodes: ['QF', 'KL'],
        name: '热轧带肋钢筋',
        properties: { ...properties, grade: 'HRB400E', nominalDiameter_mm: '20' },
      },
    ],
  });
  const recordNo = openAt(lab, technician, received?.taskId ?? '', 'E004');
  for (const [index, tension] of curves.entries())
    await press(lab, technician, recordNo, index + 1, '188.5', { tension, rangeKn: '1000' });
  return recordNo;
}

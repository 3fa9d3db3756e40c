// Welded joints from reception to the issued report, by the calls of the windows: the first test and its retest.
import type { Commission } from '../../../shared/entities/commission.ts';
import type { RetestInput } from '../../../shared/retests/calls.ts';
import {
  approve,
  openAt,
  press,
  receive,
  sampleInput,
  signCheck,
  signTest,
  today,
} from '../../../tests/support/mainJob.ts';
import type { TestCore } from '../../../tests/support/testCore.ts';
import { untilState } from '../afterIssue/issued.test-helper.ts';

/** kN on a bar of 20 mm (314.2 mm²): 580 MPa, and 535 MPa, below the 540 of HRB400. */
export const strong = '182.0';
export const weak = '168.0';

export interface Joint {
  load: string;
  place: '母材' | '焊缝';
  mode: '延性' | '脆性';
}
export const good: Joint = { load: strong, place: '母材', mode: '延性' };
export const broken: Joint = { load: weak, place: '焊缝', mode: '脆性' };

export const jointSample = (changes = {}) => {
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleInput();
  return {
    ...plain,
    itemCode: 'GJ-HJ',
    parameterCodes: ['KL'],
    name: '钢筋焊接接头',
    properties: { weldType: '闪光对焊', grade: 'HRB400', nominalDiameter_mm: '20', round: 'initial' },
    sampledOn: today(),
    representedQuantity: '300 个接头',
    batchNo: 'HJ-17',
    ...changes,
  };
};

/** Pulls the joints of a task, reads the breaks, and signs; answers the record. */
export async function pulled(lab: TestCore, taskId: string, joints: readonly Joint[]): Promise<string> {
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, taskId, 'E011');
  for (const [index, { load }] of joints.entries()) await press(lab, technician, recordNo, index + 1, load);
  await technician.call('records.enter', {
    recordNo,
    entries: joints.flatMap(({ place, mode }, index) => [
      { field: 'fracturePlaces', specimenNo: index + 1, value: place },
      { field: 'fractureModes', specimenNo: index + 1, value: mode },
    ]),
  });
  await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  await signTest(lab, recordNo);
  return recordNo;
}

export async function reported(lab: TestCore, recordNo: string): Promise<string> {
  await signCheck(lab, recordNo);
  const reportNo = await approve(lab, recordNo);
  await untilState(lab, reportNo, 1, 'filed');
  return reportNo;
}

export interface FirstTest {
  commissionNo: string;
  sampleNo: string;
  recordNo: string;
  reportNo: string;
}

export async function firstJoints(lab: TestCore, joints: readonly Joint[]): Promise<FirstTest> {
  const [received] = await receive(lab, { samples: [jointSample()] });
  const recordNo = await pulled(lab, received?.taskId ?? '', joints);
  const reportNo = await reported(lab, recordNo);
  return { commissionNo: received?.commissionNo ?? '', sampleNo: received?.sampleNo ?? '', recordNo, reportNo };
}

export const retestInput = (recordNo: string, changes: Partial<RetestInput> = {}): RetestInput => ({
  recordNo,
  parameterCodes: ['KL'],
  sampledOn: today(),
  samplerName: '周立',
  witnessUnit: '云岭工程监理有限公司',
  witnessName: '何静',
  witnessCertNo: 'JZ-2026-0118',
  sampleState: '同批另取 6 个接头，完好',
  ...changes,
});

export const taskOf = (lab: TestCore, commission: Commission): string =>
  String(lab.store.first('SELECT taskId FROM task WHERE commissionNo = ?', commission.commissionNo)?.['taskId']);

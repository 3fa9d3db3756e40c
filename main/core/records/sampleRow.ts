// A sample as the store keeps it. Samples received before methods asked for properties of their own were cubes, with
// their side and curing in columns.
import type { Sample } from '../../../shared/entities/commission.ts';
import { jsonOf as json, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';

const cubeEdition = 'GB/T 50081-2019';

function propertiesOf(row: Row): Sample['properties'] {
  if (row['propertiesJson'] != null) return json(row['propertiesJson']);
  return { designGrade: text(row['grade']), side_mm: text(row['sideMm']), curing: text(row['curing']) };
}

export function sampleOf(row: Row): Sample {
  const side = text(row['sideMm']);
  return {
    sampleNo: text(row['sampleNo']),
    sampleCode: text(row['sampleCode']),
    itemCode: text(row['itemCode']),
    parameterCodes: json(row['parameterCodesJson']),
    name: text(row['name']),
    edition: text(row['edition'] ?? cubeEdition),
    properties: propertiesOf(row),
    grade: text(row['grade']),
    spec: text(row['spec'] ?? `${side}×${side}×${side} mm`),
    ...(row['madeOn'] ? { madeOn: text(row['madeOn']) } : {}),
    ...(row['madeAt'] ? { madeAt: text(row['madeAt']) } : {}),
    ...(row['requiredAgeDays'] == null ? {} : { requiredAgeDays: Number(row['requiredAgeDays']) }),
    sampledOn: text(row['sampledOn']),
    structurePart: text(row['structurePart']),
    representedQuantity: text(row['representedQuantity']),
    ...(row['maker'] ? { maker: text(row['maker']) } : {}),
    ...(row['batchNo'] ? { batchNo: text(row['batchNo']) } : {}),
    state: text(row['state']),
  };
}

// What a digital rebound hammer's program writes into a table: a row per zone, sixteen readings, angle and face. The
// hammers of the market name their columns differently; this is the shape with its columns in our words.
const sixteen = Array.from({ length: 16 }, (_, index) => `R${index + 1}`);

const angles = {
  水平: '0',
  '0': '0',
  '0°': '0',
  ...Object.fromEntries(
    [30, 45, 60, 90].flatMap((degrees) => [
      [`向上${degrees}`, `${degrees}`],
      [`向上${degrees}°`, `${degrees}`],
      [`${degrees}`, `${degrees}`],
      [`+${degrees}`, `${degrees}`],
      [`向下${degrees}`, `-${degrees}`],
      [`向下${degrees}°`, `-${degrees}`],
      [`-${degrees}`, `-${degrees}`],
    ]),
  ),
};
const faces = {
  侧面: 'side',
  浇筑侧面: 'side',
  表面: 'top',
  顶面: 'top',
  浇筑表面: 'top',
  底面: 'bottom',
  浇筑底面: 'bottom',
};

const common = {
  instrument: '回弹仪',
  status: 'unproven',
  sample: '样品编号',
  specimen: { column: '测区' },
  measuredAt: { column: '测试时间', format: 'YYYY-MM-DD' },
  values: [
    { id: 'rebound', label: '回弹值', columns: sixteen, field: 'rebound_R', unit: '' },
    { id: 'angle', label: '测试角度', kind: 'choice', columns: ['角度'], field: 'angle_deg', choices: angles },
    { id: 'face', label: '测试面', kind: 'choice', columns: ['测试面'], field: 'face', choices: faces },
  ],
};
const statusNote =
  '未经实机验证：各厂家导出文件的列名和文字不同，须先用仪器上能看到的一个测区核对，列名不同的另存一个配置。';

export const reboundCsv = {
  ...common,
  id: 'rebound-csv',
  title: '数显回弹仪导出（CSV，每行一个测区、16 个回弹值）',
  statusNote,
  source: { kind: 'csv' },
};

export const reboundXlsx = {
  ...common,
  id: 'rebound-xlsx',
  title: '数显回弹仪导出（Excel，每行一个测区、16 个回弹值）',
  statusNote,
  source: { kind: 'xlsx' },
};

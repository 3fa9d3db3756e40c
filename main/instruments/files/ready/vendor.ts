// The results table of a testing machine's own program: a row per parameter, finished tests only. One product in public
// code writes newtons and says kN beside them, so the true unit stands here and counts only after a person has confirmed
// it with one known value.
const force = { unit: 'N', shownUnit: 'kN', confirm: true };

const common = {
  instrument: '试验机软件',
  status: 'unproven',
  filter: [{ column: '试验状态', equals: ['2', '已完成'] }],
  sample: '试样编号',
  specimen: { column: '试件序号' },
  long: { name: '参数', value: '数值', unit: '单位' },
  values: [
    { id: 'fm', label: '最大力', names: ['最大力'], ...force },
    { id: 'feh', label: '上屈服力', names: ['上屈服', '上屈服力'], ...force },
    { id: 'fel', label: '下屈服力', names: ['下屈服', '下屈服力'], ...force },
    { id: 'lu', label: '断后标距', names: ['断后标距'], unit: 'mm', mayBeEmpty: true },
    { id: 's0', label: '原始截面积', names: ['原始截面积'], unit: 'mm²', mayBeEmpty: true },
    { id: 'd', label: '直径', names: ['圆形直径', '圆柱体直径'], unit: 'mm', mayBeEmpty: true },
    { id: 'h', label: '高度', names: ['圆柱体高度'], unit: 'mm', mayBeEmpty: true },
  ],
};
const statusNote =
  '未经实机验证：只有公开代码里的参数名和状态。力值实为 N 而单位标 kN，须先用一根已知结果的试样确认。要求自动采集的力值不能由文件代替。';

export const vendorSqlite = {
  ...common,
  id: 'vendor-sqlite',
  title: '试验机软件结果库（SQLite，每行一个参数）',
  statusNote,
  source: { kind: 'sqlite', table: '试验结果' },
};

export const vendorMdb = {
  ...common,
  id: 'vendor-mdb',
  title: '试验机软件结果库（Access 2000～2003 .mdb，每行一个参数）',
  statusNote,
  source: { kind: 'mdb', table: '试验结果' },
};

export const vendorCsv = {
  ...common,
  id: 'vendor-csv',
  title: '试验机软件结果导出（CSV，每行一个参数）',
  statusNote,
  source: { kind: 'csv' },
};

// Readings of calipers and gauges: the log of a Digimatic box, line by line as the box sent it, and a table with a
// channel, a figure and a unit in each row. Which reading of the record a channel is, a person says.
const channels = [1, 2, 3, 4];

export const digimaticLog = {
  id: 'digimatic-log',
  title: '数显卡尺：Digimatic 接口盒记录（01A+000.0018）',
  instrument: '数显卡尺',
  status: 'unproven',
  statusNote:
    '行格式见过公开样例；通道号和错误码未经实机验证。接口盒不发送单位（毫米或英寸），须先用一个已知尺寸确认。读数按先后顺序对应试件和测点。',
  source: { kind: 'digimatic' },
  long: { name: 1, value: 2 },
  values: channels.map((channel) => ({
    id: `channel-${channel}`,
    label: `通道 ${channel}`,
    names: [`0${channel}`, `${channel}`],
    unit: 'mm',
    confirm: true,
  })),
};

export const caliperCsv = {
  id: 'caliper-csv',
  title: '数显卡尺：CSV（通道、数值、单位）',
  instrument: '数显卡尺',
  status: 'unproven',
  statusNote: '未经实机验证：列名随采集软件而异。单位从文件中读取，不是 mm 的行不取。读数按先后顺序对应试件和测点。',
  source: { kind: 'csv' },
  long: { name: '通道', value: '数值', unit: '单位' },
  values: channels.map((channel) => ({
    id: `channel-${channel}`,
    label: `通道 ${channel}`,
    names: [`${channel}`, `0${channel}`, `CH${channel}`],
    unit: 'mm',
  })),
};

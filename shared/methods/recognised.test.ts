// Which tests the names of a platform's catalogue mean. A name of a neighbouring test, another material, or the same words
// in another trade must find nothing: a sample that is booked under the wrong method is tested by the wrong rule.
import { describe, expect, test } from 'vitest';
import { listMethods } from './index.ts';

const found = (names: string): string =>
  listMethods()
    .filter((method) => method.recognises(names))
    .map(({ id }) => id)
    .join('、');

describe('concrete', () => {
  test.each([
    ['混凝土 抗压强度', 'concrete-cube'],
    ['混凝土 坍落度', ''],
    ['岩石 抗压强度', ''],
    ['混凝土 轴心抗压强度', ''],
    ['混凝土 抗折强度', 'concrete-flexural'],
    ['石材 抗折强度', ''],
    ['混凝土路面砖 抗折强度', ''],
    ['混凝土 劈裂抗拉强度', 'concrete-splitting'],
    ['岩石 劈裂强度', ''],
    ['混凝土 圆柱体劈裂强度', ''],
    ['同条件养护混凝土试件 抗压强度', 'concrete-same-condition'],
    ['同条件养护试块 抗压强度', 'concrete-same-condition'],
    ['同条件养护 累计温度', ''],
    ['同条件养护砂浆试块 抗压强度', 'mortar-cube'],
    ['标准养护试件 尺寸', ''],
    ['混凝土强度检验评定', 'concrete-batch-evaluation'],
    ['地基承载力 评定', ''],
    ['混凝土 抗渗等级评定', ''],
  ])('%s: %s', (names, ids) => {
    expect(found(names)).toBe(ids);
  });
});

describe('mortar, masonry, cement', () => {
  test.each([
    ['砌筑砂浆 抗压强度', 'mortar-cube'],
    ['砂浆 稠度', ''],
    ['贯入法检测砂浆 抗压强度', ''],
    ['砌筑砂浆 强度评定', 'mortar-batch'],
    ['砌筑砂浆 强度验收', 'mortar-batch'],
    ['回弹法检测砂浆强度 评定', ''],
    ['防水工程 验收', ''],
    ['烧结普通砖 抗压强度', 'fired-brick'],
    ['烧结普通砖 强度等级', 'fired-brick'],
    ['烧结普通砖 尺寸偏差', ''],
    ['烧结砖 抗压强度', ''],
    ['蒸压灰砂普通砖 抗压强度', ''],
    ['普通混凝土小型砌块 强度等级', 'concrete-block'],
    ['普通混凝土小型砌块 吸水率', ''],
    ['粉煤灰砌块 强度等级', ''],
    ['轻集料混凝土小型空心砌块 强度等级', ''],
    ['水泥胶砂强度', 'cement-strength'],
    ['水泥 抗折强度 抗压强度', 'cement-strength'],
    ['水泥 细度', ''],
    ['石膏 抗折强度', ''],
    ['水泥土 抗压强度', ''],
    ['水泥 标准稠度用水量 凝结时间 安定性', 'cement-consistency'],
    ['水泥 比表面积', ''],
    ['石膏 凝结时间', ''],
    ['水泥砂浆 凝结时间', ''],
  ])('%s: %s', (names, ids) => {
    expect(found(names)).toBe(ids);
  });
});

describe('aggregate and soil', () => {
  test.each([
    ['砂 颗粒级配', 'sand-sieve'],
    ['砂 表观密度', ''],
    ['土 颗粒级配', ''],
    ['碎石 颗粒级配', ''],
    ['级配砂石 颗粒级配', ''],
    ['天然砂 含泥量 泥块含量', 'sand-mud'],
    ['膨润土 含泥量', ''],
    ['砂石 含泥量', ''],
    ['碎石 含泥量 泥块含量', 'stone-mud'],
    ['碎石 针片状颗粒含量', ''],
    ['碎石 压碎值指标', 'stone-crushing'],
    ['陶粒 压碎值', ''],
    ['机制砂石粉 压碎值', ''],
    ['土工击实试验', 'compaction'],
    ['最佳含水量 最大干密度', 'compaction'],
    ['土 含水率', ''],
    ['压实度 最大干密度', ''],
    ['压实度 环刀法', 'field-density-ring'],
    ['压实度', ''],
    ['渗透试验 环刀', ''],
    ['压实度 灌砂法', 'field-density-sand-cone'],
    ['压实度 灌砂法 灌水法', ''],
  ])('%s: %s', (names, ids) => {
    expect(found(names)).toBe(ids);
  });
});

describe('steel', () => {
  test.each([
    ['热轧带肋钢筋 抗拉强度', 'rebar-ribbed'],
    ['冷轧带肋钢筋 抗拉强度', ''],
    ['热轧光圆钢筋 抗拉强度', 'rebar-plain'],
    ['冷拔光圆钢筋 抗拉强度', ''],
    ['钢筋 抗拉强度', ''],
    ['调直后钢筋 重量偏差', 'rebar-straightened'],
    ['调直钢筋焊接接头 抗拉强度', 'weld-joint'],
    ['钢筋焊接接头 抗拉强度 弯曲', 'weld-joint'],
    ['电渣压力焊钢筋 抗拉强度', 'weld-joint'],
    ['焊条 抗拉强度', ''],
    ['钢筋接头 抗拉强度', ''],
    ['钢筋焊接网 抗拉强度', ''],
    ['钢筋机械连接接头 极限抗拉强度', 'mechanical-splice'],
    ['直螺纹接头 残余变形', 'mechanical-splice'],
    ['钢筋套筒灌浆连接 机械连接接头', ''],
  ])('%s: %s', (names, ids) => {
    expect(found(names)).toBe(ids);
  });
});

describe('tests on the building', () => {
  test.each([
    ['回弹法检测混凝土抗压强度', 'rebound'],
    ['回弹法检测砌筑砂浆强度', ''],
    ['超声回弹综合法检测混凝土抗压强度', ''],
    ['钻芯法检测混凝土抗压强度', 'core-strength'],
    ['沥青混凝土芯样 厚度', ''],
    ['钢筋保护层厚度', 'rebar-cover'],
    ['钢筋间距', ''],
    ['防水保护层厚度', ''],
    ['钢筋防火保护层厚度', ''],
    ['外墙饰面砖 粘结强度', 'tile-bond'],
    ['饰面砖 吸水率', ''],
    ['砂浆 拉伸粘结强度', ''],
  ])('%s: %s', (names, ids) => {
    expect(found(names)).toBe(ids);
  });
});

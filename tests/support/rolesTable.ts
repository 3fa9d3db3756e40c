// docs/roles.md: every call and every role in one table that people read and the door is tried by. Run this file to write
// it anew after a call was added; what changes in the table is read by a person before it goes in.
import { readFileSync, writeFileSync } from 'node:fs';
import { callNames, calls } from '../../shared/contract/calls.ts';
import { permits, roleNames, type Permission, type Role } from '../../shared/entities/roles.ts';

export const rolesFile = new URL('../../docs/roles.md', import.meta.url);
export const roles = Object.keys(roleNames) as Role[];

const areas: Record<string, string> = {
  session: '登录', replication: '窗口数据', drafts: '草稿', commissions: '委托', imports: '导入', scan: '扫码', bench: '检测台',
  runs: '采集数据', instrumentFiles: '仪器文件', scanners: '扫码枪', records: '原始记录', reports: '报告', changes: '变更单',
  originals: '原件收回', unqualified: '不合格台账', retests: '复检', supplements: '补充检测', images: '签名和印章图片', evaluations: '评定', blind: '盲样', overview: '质量一览', tasks: '任务', sync: '上传', registers: '名册导入导出', qualifications: '人员资格', standards: '标准库', registrations: '登记',
  notices: '通知', audit: '审计', gate: '合规检查', equipment: '设备', instruments: '连接向导', training: '培训', backup: '备份',
  retention: '保存期限', climate: '温湿度', users: '用户', settings: '设置', policies: '方法设置', methods: '方法验证',
}; // prettier-ignore

const permissionNames: Partial<Record<Permission, string>> = {
  public: '不必登录',
  session: '已登录，锁屏也可',
  signedIn: '已登录的任何人',
  'commission.register': '收样登记',
  'bench.run': '操作检测台',
  'ports.read': '查看端口',
  'record.test': '检测签名',
  'record.check': '校核签名',
  'report.approve': '批准报告',
  'report.print': '打印报告',
  'report.change': '申请变更',
  'report.approveChange': '批准变更',
  'report.void': '作废报告',
  'report.original': '收回原件',
  'unqualified.handle': '处理不合格',
  'sample.identity': '查看盲样的委托信息',
  'retest.begin': '委托复检',
  'evaluation.make': '出具评定表',
  'overview.read': '质量一览',
  'dossier.keep': '维护档案',
  'task.assign': '分配任务',
  'backup.read': '查看备份',
  'backup.manage': '管理备份',
  'sync.manage': '管理上传',
  'audit.read': '审计',
  'gate.override': '放行',
  'equipment.keep': '管理设备',
  'person.keep': '管理人员',
  'user.manage': '管理用户',
  'setting.manage': '修改设置',
  'policy.manage': '方法设置',
};

/** What the program says of itself; the file is what was agreed on. */
export function renderRoles(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const sections = [...new Set(callNames.map((name) => name.split('.')[0] ?? ''))].map((area) => {
    const lines = callNames
      .filter((name) => name.startsWith(`${area}.`))
      .map((name) => {
        const { permission } = calls[name];
        return row([
          `\`${name}\``,
          permissionNames[permission] ?? permission,
          ...roles.map((role) => (permits([role], permission) ? '✓' : '—')),
        ]);
      });
    const head = row(['调用', '需要', ...roles.map((role) => roleNames[role])]);
    return [`## ${areas[area] ?? area}`, '', head, row(['---', '---', ...roles.map(() => ':-:')]), ...lines].join('\n');
  });
  return `# 角色与权限

每一个调用、每一个角色各一格：✓ 允许，— 拒绝。一人可兼数个角色，有一个允许即允许。本表逐格试过（\`main/core/roles.test.ts\`）；
新增的调用没有列入本表，或程序与本表不一致，测试不通过。重写本表：\`node tests/support/rolesTable.ts\`，看过差别再提交。

检测、校核、批准须由三个不同的人签名，签名时再输一次密码；这两条不由角色决定，兼任角色也不能免除。
“不必登录”的调用没有登录也可以；锁屏之后只有“不必登录”和“已登录，锁屏也可”的调用可用。

${sections.join('\n\n')}
`;
}

/** The table as it stands in the file: call to roles. */
export function readRoles(): Map<string, Set<Role>> {
  const table = new Map<string, Set<Role>>();
  for (const line of readFileSync(rolesFile, 'utf8').split('\n')) {
    const [name, , ...cells] = line.split('|').slice(1, -1).map((cell) => cell.trim()); // prettier-ignore
    const call = /^`(.+)`$/.exec(name ?? '')?.[1];
    if (call === undefined) continue;
    if (table.has(call)) throw new Error(`${call} stands twice in docs/roles.md`);
    if (cells.length !== roles.length || cells.some((cell) => cell !== '✓' && cell !== '—'))
      throw new Error(`the row of ${call} in docs/roles.md is not whole`);
    table.set(call, new Set(roles.filter((_, index) => cells[index] === '✓')));
  }
  return table;
}

if (import.meta.main) writeFileSync(rolesFile, renderRoles());

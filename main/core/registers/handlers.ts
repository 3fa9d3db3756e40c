// The registers' calls: template, export, dry run, taking over. The call lets all keepers in; each keeps only their own.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { permits } from '../../../shared/entities/roles.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { RegisterId } from '../../../shared/registers/calls.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Caller, Context, SomeHandlers } from '../context.ts';
import { importsOf, sourceOf } from './kept.ts';
import { openIdentities } from './identities.ts';
import { equipment } from './kinds/equipment.ts';
import { people } from './kinds/people.ts';
import { premises } from './kinds/premises.ts';
import { qualifications } from './kinds/qualifications.ts';
import { exportOf, templateOf } from './papers.ts';
import type { PlannedRow } from './plan.ts';
import type { Register } from './register.ts';
import { countsOf, factsOf, previewOf, take } from './take.ts';

export const registers: Readonly<Record<RegisterId, Register>> = { people, qualifications, equipment, premises };

type RegisterCall = `registers.${'template' | 'export' | 'preview' | 'take' | 'imports' | 'source'}`;

function registerFor(caller: Caller, id: RegisterId): Register {
  const register = registers[id];
  if (permits(caller.user.roles, register.permission)) return register;
  throw new AppError({
    code: 'PERMISSION_DENIED',
    message: `${caller.user.name}没有维护${register.name}的权限。`,
    meaning: '什么也没有导入或导出。',
    next: register.permission === 'equipment.keep' ? '请由设备管理员或质量负责人办理。' : '请由质量负责人或系统管理员办理。',
  });
} // prettier-ignore

const shownRow =
  (register: Register) =>
  ({ row, key, name, state, changes, problems }: PlannedRow) => {
    const show = (column: PlannedRow['changes'][number]['column'], value: string): string =>
      value === '' && column.name !== 'parameterCode' ? '' : (register.show?.(column, value) ?? value);
    return {
      row,
      key,
      name,
      state: state as 'new' | 'changed' | 'refused',
      changes: changes.map(({ column, old, now }) => ({
        column: column.heading,
        old: old === null ? null : show(column, old),
        now: show(column, now),
      })),
      problems: [...problems],
    };
  };

export function registerHandlers(context: Context): SomeHandlers<RegisterCall> {
  const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');
  return {
    async 'registers.template'({ register: id }, caller) {
      const register = registerFor(caller, id);
      const bytes = await templateOf(register, factsOf(context, context.store, new Map()));
      return { fileName: `${register.name}导入模板.xlsx`, bytesBase64: bytes.toString('base64') };
    },
    async 'registers.export'({ register: id, format, identity, reason }, caller) {
      const register = registerFor(caller, id);
      const identities = register.personal && identity ? await openIdentities(context) : new Map<string, string>();
      const facts = factsOf(context, context.store, identities);
      const rows = register.known(facts).filter(({ locked }) => locked === null);
      const bytes = await exportOf(register, rows, { format, identity });
      const fileName = `${register.name}-${toCalendarDay(context.now())}.${format}`;
      const personal = !register.personal ? '' : identity ? '，含完整公民身份号码' : '，公民身份号码隐去中间位数';
      context.store.transact(caller.actor, (tx) =>
        tx.event('register', register.id, `导出 ${fileName} ${rows.length} 行${personal}`, reason),
      );
      return { fileName, bytesBase64: bytes.toString('base64') };
    },
    async 'registers.preview'({ register: id, fileName, bytesBase64 }, caller) {
      const register = registerFor(caller, id);
      register.refuseUnlessOpen(context);
      const plan = await previewOf(context, register, { fileName, bytes: bytesOf(bytesBase64) });
      return {
        register: id,
        fileName,
        digest: plan.digest,
        ...countsOf(plan),
        fileProblems: [...plan.fileProblems],
        notes: [...plan.notes],
        rows: plan.rows.filter(({ state }) => state !== 'same').map(shownRow(register)),
      };
    },
    'registers.imports': ({ register }, caller) => ({ imports: importsOf(context, registerFor(caller, register).id) }),
    async 'registers.source'({ importId, reason }, caller) {
      const row = requireRow(context.store.get('registerImport', importId), '导入', importId);
      const { id } = registerFor(caller, text(row['register']) as RegisterId);
      const fileName = text(row['fileName']);
      const bytes = await sourceOf(context, row);
      context.store.transact(caller.actor, (tx) => tx.event('register', id, `取出留存的导入文件 ${fileName}`, reason));
      return { fileName, bytesBase64: bytes.toString('base64') };
    },
    'registers.take'({ register: id, fileName, bytesBase64, digest, acceptPartial, reason }, caller) {
      const register = registerFor(caller, id);
      register.refuseUnlessOpen(context);
      const brought = { fileName, bytes: bytesOf(bytesBase64) };
      return take(context, caller, register, brought, { digest, acceptPartial, reason });
    },
  };
}

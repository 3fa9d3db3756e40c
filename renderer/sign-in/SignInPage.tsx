import { useSession } from '../state/session.ts';
import { SignInForm } from './SignInForm.tsx';

export function SignInPage() {
  const session = useSession((state) => state.session);
  return (
    <main className="jt-sign-in">
      <div className="jt-sign-in-card">
        <p className="jt-brand">
          <span className="jt-brand-mark" aria-hidden="true" />
          检台
        </p>
        <h1>{session?.institutionName || '建设工程质量检测'}</h1>
        <SignInForm />
        {session?.trainingMode === true && <p className="jt-training-line">培训数据：账号见说明书</p>}
      </div>
    </main>
  );
}
